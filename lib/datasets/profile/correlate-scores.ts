import * as z from 'zod';
import { parquetRows, quoteIdentifier } from '#lib/platform/tables/sql.ts';
import type { Correlations } from './schema.ts';
import { ask, type ProfileSource } from './source.ts';

const SAMPLE = 1_000_000;
/** The number of pairs grows with its square; the rest is left out. */
export const MOST_CORRELATED = 16;

const valuesRow = z.record(z.string(), z.number().nullable());

/**
 * Correlations between scores: Pearson's over all clips with both values; Spearman's as Pearson's of
 * ranks (ties at their mean, each score ranked among its own values) over a sample of about a million
 * clips at most, those with the smallest md5 of their uid.
 */
export async function correlateScores(
  source: ProfileSource,
  names: readonly string[],
): Promise<Correlations | null> {
  const chosen = names.slice(0, MOST_CORRELATED);
  if (chosen.length < 2) return null;
  const columns = chosen.map(quoteIdentifier);
  const pairs = chosen.flatMap((_, row) =>
    chosen.slice(0, row).map((_name, column) => ({ row, column })),
  );
  const pairColumns = (of: (index: number) => string) =>
    // Columns without spread have no correlation; DuckDB says NaN, the door null.
    pairs.map(({ row, column }) => `corr(${of(row)}, ${of(column)}) AS c${row}_${column}`);
  const rows = parquetRows(source.files);
  const [pearson] = await ask(
    source,
    `SELECT ${pairColumns((index) => `${columns[index]}::DOUBLE`).join(', ')} FROM ${rows}`,
  );
  const ranks = columns.map(
    (column, index) =>
      `CASE WHEN ${column} IS NULL THEN NULL ELSE rank() OVER (ORDER BY ${column})
         + (count(*) OVER (PARTITION BY ${column}) - 1) / 2.0 END AS r${index}`,
  );
  const [spearman] = await ask(
    source,
    `WITH sample AS MATERIALIZED (SELECT ${columns.join(', ')} FROM ${rows} ${sampleOf(source.clips)}),
       ranked AS (SELECT ${ranks.join(', ')} FROM sample)
     SELECT count(*) AS sample, ${pairColumns((index) => `r${index}`).join(', ')} FROM ranked`,
  );
  const [linear, ranked] = [valuesRow.parse(pearson), valuesRow.parse(spearman)];
  const matrix = (of: Record<string, number | null>) =>
    chosen.map((_, row) =>
      chosen.map((_name, column) =>
        row === column
          ? 1
          : bounded(of[`c${Math.max(row, column)}_${Math.min(row, column)}`] ?? null),
      ),
    );
  return {
    names: chosen,
    pearson: matrix(linear),
    spearman: matrix(ranked),
    sample: ranked.sample ?? 0,
  };
}

/** The clips whose md5 starts below a share of all starts. */
function sampleOf(clips: number): string {
  if (clips <= SAMPLE) return '';
  const start = Math.floor((SAMPLE / clips) * 2 ** 32);
  return `WHERE substr(md5(uid), 1, 8) < '${start.toString(16).padStart(8, '0')}'`;
}

/** Rounding may carry a perfect correlation past one. */
function bounded(value: number | null): number | null {
  return value === null ? null : Math.max(-1, Math.min(1, value));
}
