import type { Command } from 'commander';
import { AppError } from '#lib/core/errors.ts';
import { combineCuts } from '#lib/datasets/subsets/combine-cuts.ts';
import { listSubsets } from '#lib/datasets/subsets/list-subsets.ts';
import { type CombinedSubset, newCombinedSchema } from '#lib/datasets/subsets/schema.ts';
import { platform as productionPlatform } from '#lib/platform/platform.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { addressOf, type VersionFlags, versionOptions, wholeNumber } from './dataset-flags.ts';
import { type TableColumn, tableLines } from './table.ts';
import { withDatabase } from './with-database.ts';

interface CombineFlags extends VersionFlags {
  name: string;
  caption?: string[];
  captionSeed?: string;
  control?: boolean;
  json?: boolean;
}

const COLUMNS: readonly TableColumn[] = [
  { title: 'subset', align: 'left' },
  { title: 'clips', align: 'right' },
  { title: 'manifests', align: 'left' },
  { title: 'name', align: 'left' },
];

/** `winnow subset list|combine`: what remains of a dataset after cuts. */
export function registerSubset(program: Command): void {
  const subset = program.command('subset').description('Subsets of a dataset.');
  versionOptions(subset.command('list').description('List the subsets of a dataset.'))
    .option('--axis <slug>', 'only those of this axis')
    .option('--json', 'print them as JSON')
    .action(async (flags: VersionFlags & { axis?: string; json?: boolean }) => {
      const subsets = await withDatabase(() =>
        listSubsets(productionPlatform(), COMMAND_LINE, { ...addressOf(flags), axis: flags.axis }),
      );
      const rows = subsets.map(({ slug, clips, manifests, name }) => [
        slug,
        String(clips),
        manifests.map(({ format }) => format).join(' '),
        name,
      ]);
      print(flags.json ? [JSON.stringify(subsets, null, 2)] : tableLines(COLUMNS, rows));
    });
  versionOptions(
    subset.command('combine').description('Keep the clips that all of these cuts keep.'),
  )
    .argument('[cuts...]', 'axis=fraction, such as aes=0.25 flow=0.125')
    .requiredOption('--name <name>', "the subset's name")
    .option('--caption <column=weight...>', 'draw each caption from these columns')
    .option('--caption-seed <number>', 'of that draw (default: 0)')
    .option('--control', 'also drop the same number at random')
    .option('--json', 'print it as JSON')
    .action(async (cuts: string[], flags: CombineFlags) => {
      const input = inputOf(cuts, flags);
      const made = await withDatabase(() =>
        combineCuts(productionPlatform(), COMMAND_LINE, { ...addressOf(flags), ...input }),
      );
      print(flags.json ? [JSON.stringify(made, null, 2)] : combinedLines(made));
    });
}

function inputOf(cuts: readonly string[], flags: CombineFlags) {
  const captions = (flags.caption ?? []).map(pairOf);
  const input = newCombinedSchema.safeParse({
    name: flags.name,
    parts: cuts.map(pairOf).map(([axis, fraction]) => ({ axis, fraction })),
    captionMix:
      captions.length === 0
        ? null
        : {
            columns: captions.map(([column, weight]) => ({ column, weight })),
            seed:
              flags.captionSeed === undefined
                ? 0
                : wholeNumber('--caption-seed', flags.captionSeed),
          },
    hasControl: flags.control ?? false,
  });
  if (input.success) return input.data;
  const [issue] = input.error.issues;
  throw new AppError('BAD_INPUT', `${issue?.path.join('.')}: ${issue?.message}.`);
}

function pairOf(text: string): [string, number] {
  const match = /^([^=]+)=([0-9.]+)$/.exec(text);
  if (!match)
    throw new AppError('BAD_INPUT', `Write name=number, such as aes=0.25, not "${text}".`);
  return [match[1] ?? '', Number(match[2])];
}

function combinedLines({ subset, control }: CombinedSubset): string[] {
  const { counts } = subset;
  const share = (kept: number) =>
    `${kept} (${counts && counts.sampled > 0 ? ((100 * kept) / counts.sampled).toFixed(2) : '0'} %)`;
  return [
    `${subset.slug}: ${subset.clips} clips.`,
    ...(counts?.alone.map(
      ({ axis, fraction, kept }) => `  ${axis} at ${fraction} alone keeps ${share(kept)}`,
    ) ?? []),
    ...(counts ? [`  together ${share(counts.together)} of ${counts.sampled}`] : []),
    ...(control ? [`${control.slug}: ${control.clips} clips, dropped at random.`] : []),
  ];
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
