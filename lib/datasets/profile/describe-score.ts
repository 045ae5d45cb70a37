import * as z from 'zod';
import { parquetRows, quoteIdentifier } from '#lib/platform/tables/sql.ts';
import { QUANTILE_SHARES, type ScoreBins, type ScoreProfile } from './schema.ts';
import { ask, type ProfileSource } from './source.ts';

/** Above this many clips the values of a column no longer fit into memory for exact quantiles. */
const MOST_SORTED = 60_000_000;
/** Above this many clips different values are estimated. */
const MOST_COUNTED = 1_000_000;
const MOST_BINS = 60;
/** Up to this many clips the bins reach from the lowest to the highest value. */
const FEW = 1000;
/** Values that may be the most frequent one; all are counted. */
const CANDIDATES = 10;

const summaryRow = z.object({
  count: z.int(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  sd: z.number().nullable(),
  quantiles: z.array(z.number()).nullable(),
  distinct_values: z.int(),
  candidates: z.array(z.number()).nullable(),
  is_whole: z.boolean().nullable(),
});
const binRow = z.object({ bin: z.int(), count: z.int() });
const candidateRow = z.object({ value: z.number(), count: z.int() });

/** Describes a column of numbers in three passes over it: numbers, bins, the most frequent value. */
export async function describeScore(source: ProfileSource, name: string): Promise<ScoreProfile> {
  const isExact = source.clips <= MOST_SORTED;
  const rows = parquetRows(source.files);
  const values = `SELECT ${quoteIdentifier(name)}::DOUBLE AS v FROM ${rows}`;
  const shares = `[${QUANTILE_SHARES.join(', ')}]`;
  const [row] = await ask(
    source,
    `SELECT count(v) AS count, min(v) AS min, max(v) AS max, avg(v) AS mean,
       stddev_samp(v) AS sd,
       ${isExact ? `quantile_cont(v, ${shares})` : `approx_quantile(v, ${shares})`} AS quantiles,
       ${source.clips <= MOST_COUNTED ? 'count(DISTINCT v)' : 'approx_count_distinct(v)'} AS distinct_values,
       approx_top_k(v, ${CANDIDATES}) AS candidates,
       bool_and(v = floor(v)) AS is_whole
     FROM (${values}) WHERE v IS NOT NULL`,
  );
  const summary = summaryRow.parse(row);
  const quantiles = summary.quantiles ?? [];
  return {
    name,
    count: summary.count,
    missing: source.clips - summary.count,
    min: summary.min,
    max: summary.max,
    mean: summary.mean,
    sd: summary.sd,
    quantiles,
    quantileMethod: isExact ? 'exact' : 'estimated',
    distinct: Math.min(summary.distinct_values, summary.count),
    mode: await countMode(source, values, summary.candidates ?? []),
    bins: await countBins(source, values, { ...summary, quantiles }),
  };
}

async function countMode(
  source: ProfileSource,
  values: string,
  candidates: readonly number[],
): Promise<ScoreProfile['mode']> {
  if (candidates.length === 0) return null;
  const list = candidates.map((value) => `${value}::DOUBLE`).join(', ');
  const counted = await ask(
    source,
    `SELECT v AS value, count(*) AS count FROM (${values}) WHERE v IN (${list})
     GROUP BY v ORDER BY count DESC, value LIMIT 1`,
  );
  const [first] = z.array(candidateRow).parse(counted);
  return first && first.count > 1 ? first : null;
}

async function countBins(
  source: ProfileSource,
  values: string,
  summary: {
    count: number;
    min: number | null;
    max: number | null;
    quantiles: readonly number[];
    is_whole: boolean | null;
  },
): Promise<ScoreBins | null> {
  const { count, min, max, quantiles } = summary;
  if (min === null || max === null) return null;
  const isFew = count <= FEW;
  const { low, width, bins } = binsFor(
    isFew ? min : (quantiles.at(0) ?? min),
    isFew ? max : (quantiles.at(-1) ?? max),
    { isWhole: summary.is_whole ?? false, most: Math.min(MOST_BINS, Math.ceil(Math.sqrt(count))) },
  );
  const high = low + width * bins;
  const counted = await ask(
    source,
    `SELECT CASE WHEN v < $low THEN -1 WHEN v > $high THEN ${bins}
         ELSE least(${bins - 1}, floor((v - $low) / $width))::INTEGER END AS bin, count(*) AS count
     FROM (${values}) WHERE v IS NOT NULL GROUP BY bin`,
    { low, width, high },
  );
  const at = new Map(
    z
      .array(binRow)
      .parse(counted)
      .map(({ bin, count }) => [bin, count]),
  );
  return {
    low,
    width,
    counts: Array.from({ length: bins }, (_, bin) => at.get(bin) ?? 0),
    under: at.get(-1) ?? 0,
    over: at.get(bins) ?? 0,
  };
}

/**
 * Bins of equal width between two values, `most` at most. Whole numbers get bins as wide as a whole
 * number, each around its values, so that no bin holds one value more than its neighbour.
 */
export function binsFor(
  from: number,
  to: number,
  { isWhole, most }: { readonly isWhole: boolean; readonly most: number },
): { low: number; width: number; bins: number } {
  if (isWhole) {
    const [first, last] = [Math.floor(from), Math.ceil(to)];
    const width = Math.max(1, Math.ceil((last - first + 1) / most));
    return { low: first - 0.5, width, bins: Math.max(1, Math.ceil((last - first + 1) / width)) };
  }
  const width = (to - from) / most;
  if (width > 0 && from + width > from) return { low: from, width, bins: most };
  // One value, or values so near to each other that a double has none between them.
  const around = Math.max(0.5, Math.abs(from) * 1e-9);
  return { low: from - around, width: 2 * around, bins: 1 };
}
