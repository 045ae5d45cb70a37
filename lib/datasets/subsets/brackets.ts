import * as z from 'zod';
import type { Bindings } from './bindings.ts';
import type { ClipRows } from './clip-rows.ts';

/** Ends of a range of keys, both within it; null where it is open. */
export interface Bracket<Key> {
  readonly low: Key | null;
  readonly high: Key | null;
}

/** Below so many clips every key is looked at: a bracket saves nothing. */
const FEW_CLIPS = 500_000;
/** A bracket reaches so many standard errors to either side: it misses once in five hundred million. */
const STANDARD_ERRORS = 6;
const DIGITS = 13;

/** The only bracket where nothing is known of the keys. */
export const EVERYTHING: readonly Bracket<never>[] = [{ low: null, high: null }];

/** Where the hash of each rank probably lies: hashes are spread evenly. */
export function hashBrackets(ranks: readonly number[], clips: number): readonly Bracket<string>[] {
  if (clips < FEW_CLIPS) return EVERYTHING;
  return joined(
    ranks.map((rank) => {
      const [low, high] = sharesAround(rank / clips, clips);
      return {
        low: low <= 0 ? null : digitsOf(low).padEnd(32, '0'),
        high: high >= 1 ? null : digitsOf(high).padEnd(32, 'f'),
      };
    }),
  );
}

/**
 * Where the score of each rank probably lies, from the quantiles of one clip in a hundred.
 *
 * @param key SQL of the score, in the order of the ranks
 */
export async function scoreBrackets(
  rows: ClipRows,
  {
    key,
    where,
    ranks,
    clips,
  }: {
    key: string;
    where: (bindings: Bindings) => string;
    ranks: readonly number[];
    clips: number;
  },
): Promise<readonly Bracket<number>[]> {
  if (clips < FEW_CLIPS) return EVERYTHING;
  const drawn = clips / 100;
  const shares = ranks.map((rank) => sharesAround(rank / clips, drawn));
  const asked = shares.flat().map((share) => Math.min(1, Math.max(0, share)));
  const [row] = await rows.query(
    (bindings) => `SELECT quantile_disc(${key}, [${asked.join(', ')}]) AS ends
      FROM (FROM ${rows.from} USING SAMPLE 1 PERCENT (system, 1))
      WHERE ${where(bindings)} AND ${key} IS NOT NULL`,
  );
  const ends = z
    .array(z.number())
    .nullable()
    .parse(row?.ends ?? null);
  if (ends === null) return EVERYTHING;
  return joined(
    shares.map(([low, high], index) => ({
      low: low <= 0 ? null : (ends[2 * index] ?? null),
      high: high >= 1 ? null : (ends[2 * index + 1] ?? null),
    })),
  );
}

/** Shares below and above one, as far as an estimate of it from so many draws may be off. */
function sharesAround(share: number, draws: number): [number, number] {
  const reach = STANDARD_ERRORS * Math.sqrt((share * (1 - share)) / draws) + 10 / draws;
  return [share - reach, share + reach];
}

function digitsOf(share: number): string {
  return Math.floor(share * 16 ** DIGITS)
    .toString(16)
    .padStart(DIGITS, '0');
}

/** Brackets in their order, those that touch made one. */
function joined<Key extends string | number>(
  brackets: readonly Bracket<Key>[],
): readonly Bracket<Key>[] {
  const sorted = brackets.toSorted((a, b) =>
    a.low === null ? -1 : b.low === null ? 1 : a.low < b.low ? -1 : a.low > b.low ? 1 : 0,
  );
  const result: Bracket<Key>[] = [];
  for (const next of sorted) {
    const last = result.at(-1);
    const touches = last && (last.high === null || next.low === null || next.low <= last.high);
    if (!last || !touches) {
      result.push(next);
      continue;
    }
    const isWider = last.high !== null && (next.high === null || next.high > last.high);
    result[result.length - 1] = { low: last.low, high: isWider ? next.high : last.high };
  }
  return result;
}
