import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { parse, stringify } from 'yaml';
import { AppError } from '#lib/core/errors.ts';
import { getVersion } from '#lib/datasets/get-version.ts';
import { inspectSource } from '#lib/datasets/inspect-source.ts';
import { listDatasets } from '#lib/datasets/list-datasets.ts';
import { registerDirectly } from '#lib/datasets/register-directly.ts';
import { type NewDataset, newDatasetSchema, type TableFormat } from '#lib/datasets/schema.ts';
import { platform as productionPlatform } from '#lib/platform/platform.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { datasetLines, progressText, refusedLines, versionLines } from './dataset-lines.ts';
import { progressLine } from './progress-line.ts';
import { withDatabase } from './with-database.ts';

interface AddFlags {
  project: string;
  name?: string;
  mapping?: string;
  mediaRoot?: string;
  format?: TableFormat;
  tolerance: string;
  look?: boolean;
  json?: boolean;
}

const print = (lines: readonly string[]) => void process.stdout.write(`${lines.join('\n')}\n`);

/** `winnow dataset`: tables of clips. */
export function registerDataset(program: Command): void {
  const dataset = program.command('dataset').description('Tables of clips.');
  dataset
    .command('add')
    .description('Register a table of clips; of a dataset that is there, as its next version.')
    .argument('<path>', 'a file, a folder, a pattern with * and **, or s3://bucket/...')
    .requiredOption('--project <slug>', 'the project that gets the dataset')
    .option('--name <name>', "the dataset's name (default: the name of the file or folder)")
    .option('--mapping <file>', 'YAML: which column means what (default: by known names)')
    .option('--media-root <folder>', 'where relative paths of clips start')
    .addOption(
      new Option('--format <format>', 'what the files are').choices([
        'parquet',
        'csv',
        'jsonl',
        'webdataset',
      ]),
    )
    .option('--tolerance <share>', 'share of rows that may be refused', '0.01')
    .option('--look', 'show the columns and a mapping to start from; register nothing')
    .option('--json', 'print the version as JSON')
    .action(async (path: string, flags: AddFlags) => {
      const input = await inputOf(path, flags);
      await withDatabase((signal) => (flags.look ? look(input) : add(input, flags, signal)));
    });
  dataset
    .command('list')
    .description('List the datasets of a project.')
    .requiredOption('--project <slug>', 'the project')
    .option('--json', 'print them as JSON')
    .action(async ({ project, json }: { project: string; json?: boolean }) => {
      const datasets = await withDatabase(() =>
        listDatasets(productionPlatform(), COMMAND_LINE, { project }),
      );
      print(json ? [JSON.stringify(datasets, null, 2)] : datasetLines(datasets));
    });
  dataset
    .command('show')
    .description('Show a version of a dataset: columns, what was refused, where it came from.')
    .argument('<dataset>', "the dataset's short name")
    .requiredOption('--project <slug>', 'the project')
    .option('--version-number <number>', 'the version (default: the newest that is done)')
    .option('--json', 'print it as JSON')
    .action(
      async (slug: string, flags: { project: string; versionNumber?: string; json?: boolean }) => {
        const version =
          flags.versionNumber === undefined ? {} : { version: Number(flags.versionNumber) };
        const found = await withDatabase(() =>
          getVersion(productionPlatform(), COMMAND_LINE, {
            project: flags.project,
            dataset: slug,
            ...version,
          }),
        );
        print(flags.json ? [JSON.stringify(found, null, 2)] : versionLines(found));
      },
    );
}

async function look(input: NewDataset & { project: string }): Promise<void> {
  const { project, source } = input;
  const preview = await inspectSource(productionPlatform(), COMMAND_LINE, { project, source });
  print([
    `# ${preview.files} ${preview.files === 1 ? 'file' : 'files'} of the format ${preview.format}. Columns:`,
    ...preview.columns.map(({ name, type }) => `#   ${JSON.stringify(name)}: ${type}`),
    preview.mapping
      ? stringify(preview.mapping).trimEnd()
      : '# No column looks like the path of a clip: write "path: COLUMN" and what else you need.',
  ]);
}

async function add(
  input: NewDataset & { project: string },
  flags: AddFlags,
  signal: AbortSignal,
): Promise<void> {
  const { database, blobs, tables, environment, secret, queue, log } = productionPlatform();
  const line = progressLine(process.stderr);
  // What goes wrong is told below; the log would only tear the progress line apart.
  const quiet = log.child({}, { level: 'fatal' });
  const platform = { database, blobs, tables, environment, secret, queue, log: quiet };
  try {
    const ended = await registerDirectly(platform, COMMAND_LINE, input, {
      signal,
      onProgress: (progress) => line.show(progressText(progress)),
    });
    line.clear();
    if (flags.json) print([JSON.stringify(ended, null, 2)]);
    else if (ended.state === 'done') print(versionLines(ended));
    else if (ended.validation) print(refusedLines(ended.validation));
    if (ended.state === 'failed')
      throw new AppError('BAD_INPUT', ended.problem ?? 'The registration failed.');
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AppError('UNAVAILABLE', 'Stopped. The same command starts it again.');
  } finally {
    line.clear();
  }
}

async function inputOf(path: string, flags: AddFlags): Promise<NewDataset & { project: string }> {
  const whole = path.startsWith('s3://') ? path : resolve(path);
  const mapping = flags.mapping === undefined ? undefined : await readMapping(flags.mapping);
  const parsed = newDatasetSchema.safeParse({
    name:
      flags.name ??
      basename(whole)
        .replace(/[*?]/g, '')
        .replace(/(\.[a-z0-9]{1,8}){1,2}$/i, ''),
    source: { kind: 'server', path: whole, format: flags.format },
    tolerance: Number(flags.tolerance),
    ...(mapping === undefined
      ? {}
      : {
          mapping: flags.mediaRoot ? { ...mapping, mediaRoot: resolve(flags.mediaRoot) } : mapping,
        }),
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError(
      'BAD_INPUT',
      `${issue?.path.join('.')}: ${issue?.message ?? 'not understood'}.`,
    );
  }
  if (flags.mediaRoot !== undefined && mapping === undefined)
    throw new AppError(
      'BAD_INPUT',
      '--media-root needs a --mapping; --look shows one to start from.',
    );
  return { ...parsed.data, project: flags.project };
}

async function readMapping(path: string): Promise<object> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new AppError('NOT_FOUND', `There is no mapping ${path}.`);
  });
  try {
    const mapping: unknown = parse(text);
    if (typeof mapping === 'object' && mapping !== null) return mapping;
  } catch (error) {
    const detail = error instanceof Error ? error.message.split('\n')[0] : '';
    throw new AppError('BAD_INPUT', `The mapping ${path} is no YAML: ${detail}`);
  }
  throw new AppError('BAD_INPUT', `The mapping ${path} has to name columns, such as "path: file".`);
}
