import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { STATISTICS_VERSION } from '#lib/statistics/ranking/ranking.ts';
import { exclusionSchema } from '#lib/studies/votes/schema.ts';
import { comparableAnalysis } from '../analysis/comparable-analysis.ts';
import { computeSnapshot } from './compute-snapshot.ts';
import { jsonDifferences } from './json-differences.ts';
import type { Recomputed } from './schema.ts';

/**
 * Computes a stored snapshot again from the raw votes up to its watermark, with its seed and its
 * exclusion, and compares every number with what is stored.
 *
 * @throws AppError NOT_FOUND when there is no such snapshot (any more).
 */
export async function recomputeSnapshot(
  { database }: Pick<Platform, 'database'>,
  snapshotId: number,
  signal?: AbortSignal,
): Promise<Recomputed> {
  const snapshot = await database.snapshot.findUnique({
    where: { id: snapshotId },
    include: {
      rankings: { orderBy: { id: 'asc' } },
      study: { include: { arms: { orderBy: { position: 'asc' } } } },
    },
  });
  if (!snapshot)
    throw new AppError('NOT_FOUND', `There is no snapshot ${snapshotId}.`, { reason: 'snapshot' });
  const { study, watermark, seed, version } = snapshot;
  const exclusion = exclusionSchema.parse(snapshot.exclusion);
  const computed = await computeSnapshot(database, { study, watermark, exclusion, seed }, signal);
  const keyed = (
    rankings: readonly {
      method: string;
      question: number | null;
      votes: number;
      result: unknown;
    }[],
  ) =>
    Object.fromEntries(
      rankings.map(({ method, question, votes, result }) => [
        `${method}/${question ?? 'mean'}`,
        { votes, result },
      ]),
    );
  const { rankings, breakdown, analysis } = computed;
  const isComparable = version === STATISTICS_VERSION;
  const differences = jsonDifferences(
    {
      breakdown: snapshot.breakdown,
      analysis: comparableAnalysis(snapshot.analysis, analysis),
      ...keyed(snapshot.rankings),
    },
    {
      breakdown,
      analysis: comparableAnalysis(analysis, snapshot.analysis),
      ...keyed(rankings),
    },
  );
  const isIdentical = differences.length === 0;
  const votes = rankings.reduce((most, ranking) => Math.max(most, ranking.votes), 0);
  return {
    isComparable,
    isIdentical,
    text: inWords(isComparable, isIdentical, version, differences.length),
    storedVersion: version,
    version: STATISTICS_VERSION,
    differences,
    rankings: rankings.length,
    votes,
  };
}

function inWords(
  isComparable: boolean,
  isIdentical: boolean,
  version: string,
  differences: number,
): string {
  if (isIdentical) return 'Computed again from the raw votes: identical to the last digit.';
  if (!isComparable)
    return `This snapshot was made by version ${version} of the statistics, which is now ${STATISTICS_VERSION}: the numbers may differ and do.`;
  const places = differences >= 20 ? '20 places or more' : `${differences} places`;
  return `Computed again from the raw votes, the numbers differ in ${differences === 1 ? 'one place' : places}.`;
}
