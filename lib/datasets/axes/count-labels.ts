import * as z from 'zod';
import { quoteIdentifier } from '#lib/platform/tables/sql.ts';
import { MOST_LABELS } from '../profile/schema.ts';
import type { CanonicalColumn } from '../schema.ts';
import type { ClipRows } from '../subsets/clip-rows.ts';
import { sampleSql } from '../subsets/predicate.ts';
import type { SubsetDefinition } from '../subsets/schema.ts';
import { levelSql, type NestedSubsets } from './levels.ts';
import type { AxisResult } from './schema.ts';

/** HyperLogLog is off by a few in a hundred: columns near the limit are counted exactly afterwards. */
const PERHAPS_LABELS = 2 * MOST_LABELS;

const labelRow = z.object({ label: z.string().nullable(), level: z.int(), clips: z.int() });

/**
 * For each text column with few different values: how many sampled clips have each value, and how
 * many of those each cut removed.
 */
export async function countLabels(
  rows: ClipRows,
  columns: readonly CanonicalColumn[],
  sample: SubsetDefinition['sample'],
  nested: NestedSubsets,
): Promise<AxisResult['labels']> {
  const result: AxisResult['labels'] = [];
  for (const column of await labelColumns(rows, columns)) {
    const found = await rows.query(
      (bindings) => `SELECT label, level, count(*) AS clips FROM (
          SELECT ${quoteIdentifier(column)} AS label, ${levelSql(nested, bindings)} AS level
          FROM ${rows.from} WHERE ${sampleSql(sample, bindings)})
        GROUP BY label, level`,
    );
    const counts = z.array(labelRow).parse(found);
    const labels = [...new Set(counts.map(({ label }) => label))];
    if (labels.filter((label) => label !== null).length > MOST_LABELS) continue;
    const sum = (of: string | null, isCounted: (level: number) => boolean) =>
      counts.reduce(
        (total, { label, level, clips }) =>
          label === of && isCounted(level) ? total + clips : total,
        0,
      );
    result.push({
      column,
      labels: labels
        .map((label) => ({
          label,
          clips: sum(label, () => true),
          removed: nested.definitions.map((_, index) => sum(label, (level) => level <= index)),
        }))
        .sort((a, b) => b.clips - a.clips || ((a.label ?? '') < (b.label ?? '') ? -1 : 1)),
    });
  }
  return result;
}

async function labelColumns(
  rows: ClipRows,
  columns: readonly CanonicalColumn[],
): Promise<string[]> {
  const names = columns.filter(({ kind }) => kind === 'text').map(({ name }) => name);
  if (names.length === 0) return [];
  const [row] = await rows.query(
    () =>
      `SELECT ${names.map((name) => `approx_count_distinct(${quoteIdentifier(name)}) AS ${quoteIdentifier(name)}`).join(', ')} FROM ${rows.from}`,
  );
  return names.filter((name) => {
    const distinct = Number(row?.[name]);
    return distinct >= 1 && distinct <= PERHAPS_LABELS;
  });
}
