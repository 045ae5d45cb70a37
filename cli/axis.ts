import type { Command } from 'commander';
import { AppError } from '#lib/core/errors.ts';
import { addAxisDirectly } from '#lib/datasets/axes/add-axis-directly.ts';
import { getAxis } from '#lib/datasets/axes/get-axis.ts';
import { listAxes } from '#lib/datasets/axes/list-axes.ts';
import { type AxisDetail, newAxisSchema } from '#lib/datasets/axes/schema.ts';
import { platform as productionPlatform } from '#lib/platform/platform.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { addressOf, type VersionFlags, versionOptions, wholeNumber } from './dataset-flags.ts';
import { progressLine } from './progress-line.ts';
import { type TableColumn, tableLines } from './table.ts';
import { withDatabase } from './with-database.ts';

interface AddFlags extends VersionFlags {
  score: string;
  drop: string;
  name?: string;
  fractions?: string;
  sample?: string;
  seed?: string;
  missing?: string;
  control?: boolean;
  json?: boolean;
}

const LIST_COLUMNS: readonly TableColumn[] = [
  { title: 'axis', align: 'left' },
  { title: 'score', align: 'left' },
  { title: 'drops', align: 'left' },
  { title: 'state', align: 'left' },
  { title: 'sampled', align: 'right' },
  { title: 'missing', align: 'right' },
];
const CUT_COLUMNS: readonly TableColumn[] = [
  { title: 'fraction', align: 'right' },
  { title: 'cut value', align: 'right' },
  { title: 'removed', align: 'right' },
  { title: 'kept', align: 'right' },
  { title: 'subset', align: 'left' },
  { title: 'control', align: 'left' },
];

/** `winnow axis add|list|show`: scores along which subsets of a dataset differ. */
export function registerAxis(program: Command): void {
  const axis = program.command('axis').description('Cut a dataset along one of its scores.');
  versionOptions(axis.command('add').description('Add an axis and find its cuts.'))
    .requiredOption('--score <column>', 'the score')
    .requiredOption('--drop <end>', 'low: the lowest scores go; high: the highest')
    .option('--name <name>', "the axis's name (default: the score)")
    .option('--fractions <shares>', 'what is dropped (default: 0,0.125,0.25,0.5)')
    .option('--sample <clips>', 'start from so many clips (default: all)')
    .option('--seed <number>', 'of the sample, ties and random drops (default: 0)')
    .option('--missing <policy>', 'clips without the score: remove-first, keep or exclude')
    .option('--control', 'also drop the same number at random')
    .option('--json', 'print the axis as JSON')
    .action((flags: AddFlags) => withDatabase((signal) => addAxis(flags, signal)));
  versionOptions(axis.command('list').description('List the axes of a dataset.'))
    .option('--json', 'print them as JSON')
    .action(async (flags: VersionFlags & { json?: boolean }) => {
      const axes = await withDatabase(() =>
        listAxes(productionPlatform(), COMMAND_LINE, addressOf(flags)),
      );
      const rows = axes.map(({ slug, definition, state, sampled, missing }) => [
        slug,
        definition.score,
        definition.direction,
        state,
        String(sampled ?? ''),
        String(missing ?? ''),
      ]);
      print(flags.json ? [JSON.stringify(axes, null, 2)] : tableLines(LIST_COLUMNS, rows));
    });
  versionOptions(axis.command('show').description('Show the cuts of an axis.'))
    .argument('<axis>', "the axis's short name")
    .option('--json', 'print it as JSON')
    .action(async (slug: string, flags: VersionFlags & { json?: boolean }) => {
      const found = await withDatabase(() =>
        getAxis(productionPlatform(), COMMAND_LINE, { ...addressOf(flags), axis: slug }),
      );
      print(flags.json ? [JSON.stringify(found, null, 2)] : axisLines(found));
    });
}

async function addAxis(flags: AddFlags, signal: AbortSignal): Promise<void> {
  const input = newAxisSchema.safeParse({
    name: flags.name ?? flags.score,
    definition: {
      score: flags.score,
      direction: flags.drop,
      fractions: flags.fractions?.split(',').map(Number),
      sample: {
        size: flags.sample === undefined ? null : wholeNumber('--sample', flags.sample),
        seed: flags.seed === undefined ? 0 : wholeNumber('--seed', flags.seed),
      },
      missing: flags.missing,
      hasControl: flags.control ?? false,
    },
  });
  if (!input.success) {
    const [issue] = input.error.issues;
    throw new AppError('BAD_INPUT', `${issue?.path.join('.')}: ${issue?.message}.`);
  }
  const { database, blobs, tables, queue, log } = productionPlatform();
  const platform = { database, blobs, tables, queue, log: log.child({}, { level: 'fatal' }) };
  const line = progressLine(process.stderr);
  const ended = await addAxisDirectly(
    platform,
    COMMAND_LINE,
    { ...addressOf(flags), ...input.data },
    {
      signal,
      onProgress: ({ step, done, steps }) => line.show(`${step} (${done + 1} of ${steps}) ...`),
    },
  ).finally(() => line.clear());
  print(flags.json ? [JSON.stringify(ended, null, 2)] : axisLines(ended));
}

function axisLines({ name, definition, result, state }: AxisDetail): string[] {
  const title = `${name}: the ${definition.direction === 'low' ? 'lowest' : 'highest'} ${definition.score} goes`;
  if (!result) return [`${title} (${state}).`];
  const rows = result.fractions.map(({ fraction, cut, removed, kept, subset, control }) => [
    `${Math.round(fraction * 10_000) / 100} %`,
    cut === null ? '' : cut.value === null ? 'no value' : String(cut.value),
    String(removed),
    String(kept),
    subset,
    control ?? '',
  ]);
  const { clips, sampled, missing } = result;
  return [
    `${title}.`,
    `${sampled} of ${clips} clips sampled, ${missing} of them without the score.`,
    ...tableLines(CUT_COLUMNS, rows),
  ];
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
