import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { quoteIdentifier } from '#lib/platform/tables/sql.ts';
import type { CanonicalColumn } from '../schema.ts';
import type { ClipRows } from '../subsets/clip-rows.ts';
import { subsetSql } from '../subsets/predicate.ts';
import { clipsAround } from './clips-around.ts';
import type { AxisCuts } from './compute-cuts.ts';
import { countLabels } from './count-labels.ts';
import { levelSql, type NestedSubsets, overlapOf } from './levels.ts';
import type { AxisDefinition, AxisFraction, AxisProgress, AxisResult, Overlap } from './schema.ts';
import type { DefinedSubset } from './subsets-of-axis.ts';

/** The subsets of an axis, each with its random drop where there is one. */
export type AxisSubsets = readonly { kept: DefinedSubset; control: DefinedSubset | null }[];

const levelRow = z.object({ level: z.int(), clips: z.int(), present: z.int() });

/**
 * What the subsets of an axis hold, counted by the very rules that manifests are made by.
 *
 * @throws AppError CONFLICT where a count is not the one that the cut was chosen for
 */
export async function describeAxis(
  rows: ClipRows,
  {
    definition,
    cuts,
    subsets,
    columns,
  }: {
    definition: AxisDefinition;
    cuts: AxisCuts;
    subsets: AxisSubsets;
    columns: readonly CanonicalColumn[];
  },
  onStep: (step: AxisProgress['step']) => void = () => undefined,
): Promise<AxisResult> {
  const nested = nestedOf(subsets);
  onStep('overlap');
  const { sums, overlaps } = await countOwn(rows, definition, subsets, nested);
  onStep('labels');
  const labels = await countLabels(rows, columns, cuts.sample, nested);
  onStep('examples');
  const fractions: AxisFraction[] = [];
  for (const [index, { fraction, removed, cut, ties }] of cuts.fractions.entries()) {
    const [subset, held] = [subsets[index], sums[index]];
    if (!subset || held?.clips !== cuts.sampled - removed)
      throw new AppError(
        'CONFLICT',
        `The cut at ${fraction} keeps ${held?.clips ?? 0} clips instead of ${cuts.sampled - removed}; choose another seed.`,
        { field: 'seed' },
      );
    fractions.push({
      fraction,
      removed,
      kept: held.clips,
      removedMissing: cuts.missing - (held.clips - held.present),
      cut,
      ties,
      subset: subset.kept.slug,
      control: subset.control?.slug ?? null,
      around: await clipsAround(rows, definition, subset.kept.definition),
    });
  }
  const { clips, sampled, missing, sample } = cuts;
  const sampleThreshold = sample.threshold;
  return { clips, sampled, missing, sampleThreshold, fractions, labels, overlaps };
}

/** The subsets of an axis without its random drops. */
export function nestedOf(subsets: AxisSubsets): NestedSubsets {
  return {
    slugs: subsets.map(({ kept }) => kept.slug),
    definitions: subsets.map(({ kept }) => kept.definition),
  };
}

/** Counts the clips of each subset, and what each random drop shares with each subset. */
async function countOwn(
  rows: ClipRows,
  { score }: AxisDefinition,
  subsets: AxisSubsets,
  nested: NestedSubsets,
) {
  const controls = subsets.flatMap(({ control }) => (control ? [control] : []));
  const found = await rows.query((bindings) => {
    const drops = controls.map(
      ({ definition }, index) => `${subsetSql(definition, bindings)} AS c${index}`,
    );
    const inner = [
      `${levelSql(nested, bindings)} AS level`,
      `${quoteIdentifier(score)} AS value`,
      ...drops,
    ];
    const counts = controls.map((_, index) => `count(*) FILTER (c${index}) AS c${index}`);
    return `SELECT ${['level', 'count(*) AS clips', 'count(value) AS present', ...counts].join(', ')}
      FROM (SELECT ${inner.join(', ')} FROM ${rows.from}) GROUP BY level`;
  });
  const levels = found.map((row) => ({ ...levelRow.parse(row), row }));
  const sums = nested.slugs.map((_, index) =>
    levels
      .filter(({ level }) => level > index)
      .reduce(
        (sum, { clips, present }) => ({ clips: sum.clips + clips, present: sum.present + present }),
        { clips: 0, present: 0 },
      ),
  );
  const overlaps: Overlap[] = [];
  for (const [i, a] of nested.slugs.entries())
    for (const [j, b] of nested.slugs.entries())
      if (i < j) {
        const [clipsA, clipsB] = [sums[i]?.clips ?? 0, sums[j]?.clips ?? 0];
        overlaps.push(overlapOf(a, b, { clipsA, clipsB, both: clipsB }));
      }
  for (const [c, control] of controls.entries()) {
    const held = (least: number) =>
      levels
        .filter(({ level }) => level > least)
        .reduce((sum, { row }) => sum + Number(row[`c${c}`]), 0);
    for (const [i, slug] of nested.slugs.entries())
      overlaps.push(
        overlapOf(slug, control.slug, {
          clipsA: sums[i]?.clips ?? 0,
          clipsB: levels.reduce((sum, { row }) => sum + Number(row[`c${c}`]), 0),
          both: held(i),
        }),
      );
  }
  return { sums, overlaps };
}
