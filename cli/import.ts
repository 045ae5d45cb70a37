import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { AppError } from '#lib/core/errors.ts';
import { importDirectly } from '#lib/generation/import-directly.ts';
import { listImportVideos } from '#lib/generation/list-import-videos.ts';
import {
  type ImportDetail,
  type ImportKind,
  type LayoutChoice,
  type NewImport,
  newImportSchema,
} from '#lib/generation/schema.ts';
import { platform as productionPlatform } from '#lib/platform/platform.ts';
import { renewDrafts } from '#lib/studies/renditions/renew-drafts.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { progressLine } from './progress-line.ts';
import { withDatabase } from './with-database.ts';

interface ImportFlags {
  project: string;
  name?: string;
  kind: ImportKind;
  layout: LayoutChoice;
  json?: boolean;
}

const REFUSED_SHOWN = 20;

/** `winnow import PATH`: brings videos in, in this process. */
export function registerImport(program: Command): void {
  program
    .command('import')
    .description('Bring in videos: a folder with one folder an arm, or a table that names them.')
    .argument('<path>', 'a folder, or a CSV or JSONL file (model, prompt, seed, path)')
    .requiredOption('--project <slug>', 'the project that gets the videos')
    .option('--name <name>', "the import's name (default: the name of the folder or file)")
    .addOption(
      new Option('--kind <kind>', 'caption: a table of clip, captioner, caption')
        .choices(['video', 'caption'])
        .default('video'),
    )
    .addOption(
      new Option('--layout <layout>', 'how a folder is read')
        .choices(['auto', 'equal-names', 'prompt-index'])
        .default('auto'),
    )
    .option('--json', 'print the import as JSON')
    .action(async (path: string, flags: ImportFlags) => {
      const input = await inputOf(path, flags);
      await withDatabase((signal) => runCommand(input, flags, signal));
    });
}

async function runCommand(
  input: NewImport & { project: string },
  flags: ImportFlags,
  signal: AbortSignal,
): Promise<void> {
  const { database, blobs, media, tables, environment, queue, log } = productionPlatform();
  const line = progressLine(process.stderr);
  // What goes wrong is told below; the log would only tear the progress line apart.
  const platform = {
    database,
    blobs,
    media,
    tables,
    environment,
    queue,
    log: log.child({}, { level: 'fatal' }),
  };
  try {
    const ended = await importDirectly(platform, COMMAND_LINE, input, {
      signal,
      onProgress: (progress) => line.show(progressText(progress)),
    });
    line.clear();
    const { id } = await database.videoImport.findFirstOrThrow({
      where: { slug: ended.slug, project: { slug: flags.project } },
      select: { id: true },
    });
    await renewDrafts(platform, id);
    if (flags.json) process.stdout.write(`${JSON.stringify(ended, null, 2)}\n`);
    else process.stdout.write(`${(await resultLines(flags.project, ended)).join('\n')}\n`);
    if (ended.state === 'failed')
      throw new AppError('BAD_INPUT', ended.problem ?? 'The import failed.');
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AppError('UNAVAILABLE', 'Stopped. The same command goes on from here.');
  } finally {
    line.clear();
  }
}

async function inputOf(path: string, flags: ImportFlags): Promise<NewImport & { project: string }> {
  const whole = resolve(path);
  const found = await stat(whole).catch(() => null);
  if (!found) throw new AppError('NOT_FOUND', `There is no folder or file ${whole}.`);
  const source = found.isDirectory()
    ? { kind: 'folder' as const, path: whole, layout: flags.layout }
    : { kind: 'table' as const, path: whole };
  const parsed = newImportSchema.safeParse({
    name: flags.name ?? basename(whole),
    kind: flags.kind,
    source,
  });
  if (!parsed.success)
    throw new AppError('BAD_INPUT', `${parsed.error.issues[0]?.message ?? 'Not understood'}.`);
  return { ...parsed.data, project: flags.project };
}

function progressText({ listed, expected, accepted, refused }: ImportDetail): string {
  if (!listed) return `Looking through the files ... ${expected > 0 ? expected : ''}`;
  const problems = refused > 0 ? `, ${refused} refused` : '';
  return `${accepted + refused} of ${expected} files read${problems}`;
}

async function resultLines(project: string, ended: ImportDetail): Promise<string[]> {
  if (ended.state === 'failed') return [];
  const { accepted, models, prompts, captions, kind } = ended;
  const what =
    kind === 'caption'
      ? `${accepted} clips with ${captions} captions by ${models} captioners`
      : `${accepted} videos: ${models} models, ${prompts} prompts`;
  const lines = [...(ended.explanation ? [ended.explanation] : []), `${ended.slug}: ${what}.`];
  if (ended.refused > 0) {
    const { videos } = await listImportVideos(productionPlatform(), COMMAND_LINE, {
      project,
      import: ended.slug,
      state: 'refused',
      limit: REFUSED_SHOWN,
    });
    lines.push(
      `${ended.refused} refused:`,
      ...videos.map(({ path, reason }) => `  ${path}: ${reason}`),
      ...(ended.refused > videos.length ? [`  ... and ${ended.refused - videos.length} more`] : []),
    );
  }
  return [...lines, ...ended.notices];
}
