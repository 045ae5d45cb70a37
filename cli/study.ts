import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '#lib/core/errors.ts';
import { platform as productionPlatform } from '#lib/platform/platform.ts';
import { checkStudy } from '#lib/studies/checklist/check-study.ts';
import type { Checklist } from '#lib/studies/checklist/schema.ts';
import { closeStudy } from '#lib/studies/close-study.ts';
import { createStudy } from '#lib/studies/create-study.ts';
import { openStudy } from '#lib/studies/opening/open-study.ts';
import { listStudies } from '#lib/studies/overview/list-studies.ts';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';
import { pauseStudy } from '#lib/studies/pause-study.ts';
import { resumeStudy } from '#lib/studies/resume-study.ts';
import { reviseStudy } from '#lib/studies/revise-study.ts';
import { updateDraft } from '#lib/studies/update-draft.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { bringPictures } from './study-pictures.ts';
import { type TableColumn, tableLines } from './table.ts';
import { withDatabase } from './with-database.ts';

interface Flags {
  readonly project: string;
  readonly json?: boolean;
}

const COLUMNS: readonly TableColumn[] = [
  { title: 'study', align: 'left' },
  { title: 'revision', align: 'right' },
  { title: 'state', align: 'left' },
  { title: 'arms', align: 'right' },
  { title: 'prompts', align: 'right' },
  { title: 'votes', align: 'right' },
  { title: 'wanted', align: 'right' },
  { title: '', align: 'left' },
];

/** `winnow study ...`: prepares, opens and closes studies. */
export function registerStudy(program: Command): void {
  const study = program.command('study').description('Prepare, open and close studies.');
  const subcommand = (name: string, description: string) =>
    study
      .command(name)
      .description(description)
      .requiredOption('--project <slug>', 'the project')
      .option('--json', 'print the result as JSON');

  subcommand('create', 'Create a study from a YAML file, as a draft (examples/study.yaml).')
    .argument('<file>', 'the study as YAML; pictures are paths beside it')
    .action(async (file: string, flags: Flags) => {
      const detail = await withStudyFile(file, flags, (platform, yaml) =>
        createStudy(platform, COMMAND_LINE, { project: flags.project, yaml }),
      );
      print(flags, detail, studyLines(detail, flags));
    });
  subcommand('update', 'Replace a draft by a YAML file.')
    .argument('<slug>', 'the study')
    .argument('<file>', 'the study as YAML')
    .action(async (slug: string, file: string, flags: Flags) => {
      const detail = await withStudyFile(file, flags, (platform, yaml) =>
        updateDraft(platform, COMMAND_LINE, { project: flags.project, study: slug, yaml }),
      );
      print(flags, detail, studyLines(detail, flags));
    });
  subcommand('revise', 'Change a study that has opened; other arms or prompts make a new revision.')
    .argument('<slug>', 'the study')
    .argument('<file>', 'the study as YAML')
    .action(async (slug: string, file: string, flags: Flags) => {
      const detail = await withStudyFile(file, flags, (platform, yaml) =>
        reviseStudy(platform, COMMAND_LINE, { project: flags.project, study: slug, yaml }),
      );
      print(flags, detail, studyLines(detail, flags));
    });
  subcommand('list', 'List the studies of a project.')
    .option('--archived', 'those that were put away')
    .action(async (flags: Flags & { archived?: boolean }) => {
      const { studies } = await withDatabase(() =>
        listStudies(productionPlatform(), COMMAND_LINE, {
          project: flags.project,
          archived: flags.archived ?? false,
        }),
      );
      const rows = studies.map((row) => [
        ...[row.slug, row.revision, row.state, row.arms, row.prompts, row.counted, row.wanted].map(
          String,
        ),
        row.countsSimulated ? 'with simulated votes' : '',
      ]);
      print(flags, studies, tableLines(COLUMNS, rows));
    });
  subcommand(
    'check',
    'Tell what is missing before a study can open; exit status 2 when something is.',
  )
    .argument('<slug>', 'the study')
    .action(async (slug: string, flags: Flags) => {
      const checklist = await withDatabase(() =>
        checkStudy(productionPlatform(), COMMAND_LINE, { project: flags.project, study: slug }),
      );
      print(flags, checklist, checklistLines(checklist));
      if (checklist.items.some((item) => item.severity !== 'advice')) process.exitCode = 2;
    });
  const moves = {
    open: { run: openStudy, text: 'Open a draft to raters.' },
    pause: { run: pauseStudy, text: 'Stop handing out pairs for a while.' },
    resume: { run: resumeStudy, text: 'Go on with a paused study.' },
    close: { run: closeStudy, text: 'Close a study for good.' },
  };
  for (const [name, { run, text }] of Object.entries(moves))
    subcommand(name, text)
      .argument('<slug>', 'the study')
      .action(async (slug: string, flags: Flags) => {
        const address = { project: flags.project, study: slug };
        const detail = await withDatabase(() => run(productionPlatform(), COMMAND_LINE, address));
        print(flags, detail, studyLines(detail, flags));
      });
}

async function withStudyFile<T>(
  file: string,
  flags: Flags,
  run: (platform: ReturnType<typeof productionPlatform>, yaml: string) => Promise<T>,
): Promise<T> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('NOT_FOUND', `The file ${file} can't be read.`, {}, { cause });
  });
  return withDatabase(async () => {
    const platform = productionPlatform();
    try {
      const yaml = await bringPictures(platform, flags.project, text, dirname(file));
      return await run(platform, yaml);
    } catch (error) {
      const problems = error instanceof AppError ? error.data.problems : undefined;
      if (!(error instanceof AppError) || !Array.isArray(problems)) throw error;
      const lines = problems.map((problem: string) => `  ${problem}`);
      throw new AppError(error.code, [`${file} is not a study yet.`, ...lines].join('\n'));
    }
  });
}

function print(flags: Flags, value: unknown, lines: readonly string[]): void {
  const text = flags.json ? JSON.stringify(value, null, 2) : lines.join('\n');
  process.stdout.write(`${text}\n`);
}

function studyLines(detail: StudyDetail, { project }: Flags): string[] {
  const { estimate, progress } = detail;
  const head = `${detail.slug}, revision ${detail.revision}: ${detail.state}, ${detail.arms.length} arms, ${detail.prompts} prompts, ${detail.questions.length} questions`;
  if (detail.state === 'draft') {
    const { ready, wanted } = progress.renditions;
    return [
      head,
      `videos: ${ready} of ${wanted} ready`,
      `estimate: ${estimate.votes} votes by ${estimate.minRaters} raters or more, sessions of ${estimate.minutesPerSession} minutes: ${estimate.sessions}`,
      `trial: ${detail.trialUrl}`,
      `next: winnow study check ${detail.slug} --project ${project}`,
    ];
  }
  return [head, `votes: ${detail.counted} of ${detail.wanted}`, `raters: ${detail.raterUrl}`];
}

function checklistLines(checklist: Checklist): string[] {
  if (checklist.items.length === 0) return ['Nothing is missing: the study can open.'];
  const marks = { blocker: 'missing', waiting: 'waiting', advice: 'advice' };
  return checklist.items.flatMap((item) => [
    `${marks[item.severity]}: ${item.message}`,
    ...item.names.map((name) => `  ${name}`),
    ...(item.more > 0 ? [`  and ${item.more} more`] : []),
  ]);
}
