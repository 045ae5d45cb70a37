import { quoteIdentifier } from '#lib/platform/tables/sql.ts';
import type { Bindings } from './bindings.ts';
import { captionPrefix } from './hash-texts.ts';
import { hashSql } from './predicate.ts';
import type { CaptionMix } from './schema.ts';

/** Hexadecimal digits of the hash that make the number, and one more than the largest such number. */
const DIGITS = 13;
const BELOW = 2 ** 52;

export interface CaptionSql {
  /** The drawn caption; null where a clip has none. */
  readonly text: string;
  /** The column that it is from. */
  readonly column: string;
}

/**
 * SQL for the caption of each clip: its hash gives a number u in [0, 1); of the columns that are not
 * empty, in the order of the mix, the first whose running sum of weights exceeds u times their sum.
 */
export function captionSql({ columns, seed }: CaptionMix, bindings: Bindings): CaptionSql {
  const u = `(('0x' || ${hashSql(captionPrefix(seed), bindings)}[1:${DIGITS}])::BIGINT / ${BELOW}.0::DOUBLE)`;
  const has = columns.map(({ column }) => `coalesce(trim(${quoteIdentifier(column)}), '') <> ''`);
  const weights = columns.map(
    ({ weight }, index) =>
      `(CASE WHEN ${has[index]} THEN ${bindings.number(weight)} ELSE 0::DOUBLE END)`,
  );
  const sum = weights.join(' + ');
  const pick = (value: (column: string) => string) => {
    const cases = columns.map(
      ({ column }, index) =>
        `WHEN ${has[index]} AND ${u} * (${sum}) < ${weights.slice(0, index + 1).join(' + ')} THEN ${value(column)}`,
    );
    // The last one that is there, where rounding has left u times the sum at the sum itself.
    const last = columns
      .map(({ column }, index) => `WHEN ${has[index]} THEN ${value(column)}`)
      .toReversed();
    return `CASE ${[...cases, ...last].join(' ')} END`;
  };
  return {
    text: pick(quoteIdentifier),
    column: pick((column) => bindings.text(column)),
  };
}
