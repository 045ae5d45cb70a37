import { difference } from '#lib/statistics/axis/differences.ts';
import { ELO_PER_THETA } from '#lib/statistics/ranking/elo-scale.ts';
import { winShare } from '#lib/statistics/votes/win-share.ts';
import type { AnalysisFacts, PartRanking, SameChecks } from './facts.ts';
import type { NoiseFloor } from './schema.ts';

/**
 * What the method sees where there is no difference: arms that are one checkpoint twice, and checks
 * that show one arm twice.
 *
 * @param checks of the question, or of all together.
 * @returns null where the study has neither.
 */
export function noiseFloor(
  ranking: PartRanking,
  { spec, sameVideos }: Pick<AnalysisFacts, 'spec' | 'sameVideos'>,
  checks: SameChecks,
): NoiseFloor | null {
  const replicas = spec.arms.flatMap(({ name, replicaOf }) =>
    replicaOf === null ? [] : [{ a: name, b: replicaOf, why: 'replica' as const }],
  );
  const isNamed = ([a, b]: readonly [string, string]) =>
    replicas.some((pair) => [pair.a, pair.b].includes(a) && [pair.a, pair.b].includes(b));
  const equal = sameVideos
    .filter((pair) => !isNamed(pair))
    .map(([a, b]) => ({ a, b, why: 'same-videos' as const }));
  const known = new Set(ranking.arms.map(({ name }) => name));
  const pairs = [...replicas, ...equal].flatMap(({ a, b, why }) => {
    if (!known.has(a) || !known.has(b)) return [];
    const met = ranking.pairs.find(
      (pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a),
    );
    const isTurned = met?.a === b;
    const [wins, losses] = isTurned
      ? [met?.bWins ?? 0, met?.aWins ?? 0]
      : [met?.aWins ?? 0, met?.bWins ?? 0];
    const ties = met?.ties ?? 0;
    const { estimate, low, high } = difference(ranking, a, b);
    const elo = (theta: number | null) => (theta === null ? null : theta * ELO_PER_THETA);
    return [
      {
        ...{ a, b, why },
        votes: wins + losses + ties,
        share: { ...winShare(wins, losses, ties) },
        ...{ difference: elo(estimate), low: elo(low), high: elo(high) },
      },
    ];
  });
  const votes = checks.left + checks.right + checks.ties;
  const same =
    votes === 0
      ? null
      : {
          votes,
          ties: winShare(checks.ties, votes - checks.ties),
          left: winShare(checks.left, checks.right),
        };
  return pairs.length === 0 && same === null ? null : { pairs, same };
}
