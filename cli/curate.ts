import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '#lib/core/errors.ts';
import { exportClips } from '#lib/curation/export-clips.ts';
import { createVideoRun } from '#lib/curation/runs/create-run.ts';
import { getRun } from '#lib/curation/runs/get-run.ts';
import { listRuns } from '#lib/curation/runs/list-runs.ts';
import { readRunFile } from '#lib/curation/runs/read-run-file.ts';
import { resumeRun } from '#lib/curation/runs/resume-run.ts';
import { retryRun } from '#lib/curation/runs/retry-run.ts';
import { runDirectly } from '#lib/curation/runs/run-directly.ts';
import type { RunDetail } from '#lib/curation/schema.ts';
import { curateVersion } from '#lib/datasets/curate-version.ts';
import { takeInRun } from '#lib/datasets/take-in-run.ts';
import { platform as productionPlatform } from '#lib/platform/platform.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { progressText, runLines } from './curate-lines.ts';
import { progressLine } from './progress-line.ts';
import { type TableColumn, tableLines } from './table.ts';
import { withDatabase } from './with-database.ts';

interface Flags {
  readonly project: string;
  readonly json?: boolean;
}

const NEWEST = 200;
const COLUMNS: readonly TableColumn[] = [
  { title: 'run', align: 'left' },
  { title: 'state', align: 'left' },
  { title: 'done', align: 'right' },
  { title: 'steps', align: 'left' },
];

/** `winnow curate ...`: from raw video, or clips, to clips with annotations. */
export function registerCurate(program: Command): void {
  const curate = program
    .command('curate')
    .description('Cut long videos into clips and score them, as a dataset.');
  const subcommand = (name: string, description: string) =>
    curate
      .command(name)
      .description(description)
      .requiredOption('--project <slug>', 'the project')
      .option('--json', 'print the result as JSON');

  subcommand('run', 'Do a run in this process; the same command goes on where it stopped.')
    .argument('<file>', 'the run as YAML (docs/curation.md)')
    .action((file: string, flags: Flags) =>
      withDatabase((signal) => runCommand(resolve(file), flags, signal)),
    );
  subcommand('list', 'List the newest runs of a project.').action(async (flags: Flags) => {
    const { runs } = await withDatabase(() =>
      listRuns(productionPlatform(), COMMAND_LINE, { project: flags.project, limit: NEWEST }),
    );
    const rows = runs.map(({ slug, state, progress, steps }) => [
      slug,
      state,
      `${Math.floor(progress * 100)} %`,
      steps.join(', '),
    ]);
    print(flags, runs, tableLines(COLUMNS, rows));
  });
  subcommand('show', 'Show a run: its progress, what was skipped, what came out.')
    .argument('<run>', 'the run')
    .action(async (run: string, flags: Flags) => {
      const detail = await withDatabase(() =>
        getRun(productionPlatform(), COMMAND_LINE, { project: flags.project, run }),
      );
      print(flags, detail, runLines(detail));
    });
  subcommand('clips', 'Lay the clips that a run has cut into a folder, under their paths.')
    .argument('<run>', 'the run')
    .requiredOption('--to <folder>', 'the folder')
    .action(async (run: string, flags: Flags & { to: string }) => {
      const folder = resolve(flags.to);
      const line = progressLine(process.stderr);
      const clips = await withDatabase((signal) =>
        exportClips(productionPlatform(), COMMAND_LINE, { project: flags.project, run }, folder, {
          signal,
          onProgress: (done, of) => line.show(`${done} of ${of} clips`),
        }),
      );
      line.clear();
      print(flags, { folder, clips }, [`${clips} clips lie in ${folder}.`]);
    });
}

async function runCommand(file: string, flags: Flags, signal: AbortSignal): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new AppError('NOT_FOUND', `There is no file ${file}.`);
  });
  const input = { ...readRunFile(text, dirname(file)), project: flags.project };
  const shared = productionPlatform();
  const line = progressLine(process.stderr);
  const { database, blobs, media, models, llm, tables, environment, queue } = shared;
  // What goes wrong is told below; the log would only tear the progress line apart.
  const log = shared.log.child({}, { level: 'fatal' });
  const platform = { database, blobs, media, models, llm, tables, environment, queue, log };
  const here = { run: 'here' } as const;
  try {
    const created =
      input.source.kind === 'dataset'
        ? await curateVersion(platform, COMMAND_LINE, input, here)
        : await createVideoRun(platform, COMMAND_LINE, input, here);
    const address = { project: flags.project, run: created.slug };
    if (created.state === 'failed') await retryRun(platform, COMMAND_LINE, address, here);
    if (created.state === 'paused') await resumeRun(platform, COMMAND_LINE, address, here);
    const ended = await runDirectly(platform, COMMAND_LINE, address, {
      signal,
      onProgress: (progress) => line.show(progressText(progress)),
    });
    if (ended.state === 'done') {
      line.show('Making the dataset');
      const { id } = await database.curationRun.findFirstOrThrow({
        where: { slug: created.slug, project: { slug: flags.project } },
        select: { id: true },
      });
      await takeInRun(platform, COMMAND_LINE, id, signal);
    }
    line.clear();
    const detail = await getRun(platform, COMMAND_LINE, address);
    print(flags, detail, runLines(detail));
    expectDone(detail);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AppError('UNAVAILABLE', 'Stopped. The same command goes on from here.');
  } finally {
    line.clear();
  }
}

function expectDone({ state, problem }: RunDetail): void {
  if (state === 'failed')
    throw new AppError(
      'BAD_INPUT',
      `${problem ?? 'The run failed.'} The same command tries again.`,
    );
  if (state !== 'done') throw new AppError('CONFLICT', `The run was ${state}.`);
}

function print(flags: Flags, value: unknown, lines: readonly string[]): void {
  const text = flags.json ? JSON.stringify(value, null, 2) : lines.join('\n');
  process.stdout.write(`${text}\n`);
}
