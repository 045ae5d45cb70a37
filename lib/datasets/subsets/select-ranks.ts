import * as z from 'zod';
import type { Bindings } from './bindings.ts';
import { type Bracket, EVERYTHING } from './brackets.ts';
import type { ClipRows } from './clip-rows.ts';

/** The key that has a rank when clips are put in order, smallest first; ranks count from 1. */
export interface RankedKey<Key> {
  readonly key: Key;
  /** Clips with a smaller key. */
  readonly before: number;
  /** Clips with this very key. */
  readonly clips: number;
}

export interface RankQuestion<Key extends string | number> {
  /** SQL of what clips are ordered by; those without it are left out. */
  readonly key: (bindings: Bindings) => string;
  readonly keySchema: z.ZodType<Key>;
  /** SQL of the clips that take part. */
  readonly where: (bindings: Bindings) => string;
  /** From 1 to the number of clips that take part. */
  readonly ranks: readonly number[];
  /** Where the answers probably lie, in order and apart; a wrong guess costs time, not truth. */
  readonly brackets: readonly Bracket<Key>[];
}

const rankRow = z.object({
  rank: z.int(),
  bucket: z.int(),
  key: z.unknown(),
  before: z.int(),
  clips: z.int(),
});

/**
 * The keys of some ranks, exactly, in one look at the table and without sorting it: clips outside the
 * brackets are only counted, those inside are grouped by their key. Where a rank lies outside after
 * all, a second look groups all keys.
 *
 * @returns one answer for each rank, in their order
 */
export async function selectRanks<Key extends string | number>(
  rows: ClipRows,
  question: RankQuestion<Key>,
): Promise<RankedKey<Key>[]> {
  if (question.ranks.length === 0) return [];
  const { brackets } = question;
  const found = await askRanks(rows, question);
  const isSure = found.every(({ bucket }) => bucket % 2 === 1);
  if (!isSure && brackets !== EVERYTHING)
    return selectRanks(rows, { ...question, brackets: EVERYTHING });
  return question.ranks.map((rank) => {
    const row = found.find((each) => each.rank === rank);
    if (!row) throw new RangeError(`There is no clip of rank ${rank}.`);
    return {
      key: question.keySchema.parse(row.key),
      before: row.before,
      clips: row.clips,
    };
  });
}

async function askRanks<Key extends string | number>(
  rows: ClipRows,
  { key, where, ranks, brackets }: RankQuestion<Key>,
) {
  const found = await rows.query(
    (bindings) => `WITH keyed AS (
        SELECT k, ${bucketSql(brackets, bindings)} AS bucket
        FROM (SELECT ${key(bindings)} AS k FROM ${rows.from} WHERE ${where(bindings)}) WHERE k IS NOT NULL),
      counted AS (
        SELECT bucket, CASE WHEN bucket % 2 = 1 THEN k END AS k, count(*) AS clips
        FROM keyed GROUP BY ALL),
      running AS (
        SELECT bucket, k, clips, (sum(clips) OVER (ORDER BY bucket, k))::BIGINT - clips AS before
        FROM counted)
      SELECT rank, bucket, k AS key, before, clips
      FROM running JOIN (SELECT unnest([${[...new Set(ranks)].join(', ')}])::BIGINT AS rank) AS asked
        ON before < rank AND rank <= before + clips`,
  );
  return z.array(rankRow).parse(found);
}

/** Odd within a bracket, even between them. */
function bucketSql(brackets: readonly Bracket<string | number>[], bindings: Bindings): string {
  const bound = (end: string | number) =>
    typeof end === 'string' ? bindings.text(end) : bindings.number(end);
  const cases = brackets.flatMap(({ low, high }, index) => [
    ...(low === null ? [] : [`WHEN k < ${bound(low)} THEN ${2 * index}`]),
    `WHEN ${high === null ? 'TRUE' : `k <= ${bound(high)}`} THEN ${2 * index + 1}`,
  ]);
  return `CASE ${cases.join(' ')} ELSE ${2 * brackets.length} END`;
}
