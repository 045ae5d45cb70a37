import * as z from 'zod';
import { parquetRows, quoteIdentifier } from '#lib/platform/tables/sql.ts';
import { type CaptionProfile, type LabelProfile, LENGTH_SHARES, MOST_LABELS } from './schema.ts';
import { ask, type ProfileSource } from './source.ts';

const EXAMPLES = 5;
/** Longer captions count as this long, so that one of a gigabyte makes no list. */
const LONGEST = 5000;

const lengthRow = z.object({ length: z.int().nullable(), count: z.int() });
const textRow = z.object({ text: z.string() });
const valueRow = z.object({ value: z.string().nullable(), count: z.int() });

/** How long captions are, how many are missing, and the first ones. */
export async function describeCaption(
  source: ProfileSource,
  name: string,
): Promise<CaptionProfile> {
  const column = quoteIdentifier(name);
  const counted = await ask(
    source,
    `SELECT CASE WHEN ${column} <> '' THEN least(length(${column}), ${LONGEST}) END AS length,
       count(*) AS count
     FROM ${parquetRows(source.files)} GROUP BY length ORDER BY length NULLS LAST`,
  );
  const all = z.array(lengthRow).parse(counted);
  const held = all.flatMap(({ length, count }) => (length === null ? [] : [{ length, count }]));
  const total = held.reduce((sum, { count }) => sum + count, 0);
  const sum = held.reduce((most, { length, count }) => most + length * count, 0);
  const examples = await ask(
    source,
    `SELECT left(${column}, ${LONGEST}) AS text FROM ${parquetRows(source.files.slice(0, 1))}
     WHERE ${column} <> '' LIMIT ${EXAMPLES}`,
  );
  return {
    name,
    missing: source.clips - total,
    lengths: total === 0 ? [] : LENGTH_SHARES.map((share) => lengthAt(held, share * total)),
    meanLength: total === 0 ? null : sum / total,
    examples: z
      .array(textRow)
      .parse(examples)
      .map(({ text }) => text),
  };
}

/** The shortest length that at least `rank` captions don't exceed. */
function lengthAt(
  lengths: readonly { readonly length: number; readonly count: number }[],
  rank: number,
): number {
  let below = 0;
  for (const { length, count } of lengths) {
    below += count;
    if (below >= rank) return length;
  }
  return lengths.at(-1)?.length ?? 0;
}

/** The values of a text column that has few of them; null for all others. */
export async function describeLabel(
  source: ProfileSource,
  name: string,
): Promise<LabelProfile | null> {
  const column = quoteIdentifier(name);
  const rows = parquetRows(source.files);
  const [estimate] = await ask(source, `SELECT approx_count_distinct(${column}) AS n FROM ${rows}`);
  // The estimate is a few percent off at most; one column of uids must not be grouped.
  if (z.object({ n: z.int() }).parse(estimate).n > 2 * MOST_LABELS) return null;
  const counted = await ask(
    source,
    `SELECT nullif(left(${column}, 200), '') AS value, count(*) AS count FROM ${rows}
     GROUP BY value ORDER BY count DESC, value LIMIT ${4 * MOST_LABELS}`,
  );
  const all = z.array(valueRow).parse(counted);
  const values = all.flatMap(({ value, count }) => (value === null ? [] : [{ value, count }]));
  if (values.length === 0 || values.length > MOST_LABELS) return null;
  return { name, missing: all.find(({ value }) => value === null)?.count ?? 0, values };
}
