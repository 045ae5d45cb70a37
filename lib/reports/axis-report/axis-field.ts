import { aboutVotes, votesNeeded } from '#lib/statistics/planning/votes-needed.ts';
import { ELO_PER_THETA } from '#lib/statistics/ranking/elo-scale.ts';
import type { Strengths } from '#lib/statistics/ranking/ranking.ts';
import { rankRanges, tiersOf } from '#lib/statistics/uncertainty/simultaneous.ts';
import type { UnresolvedPair } from './schema.ts';

/** Where the arms on a curve stand among each other; no other arm of the study is in it. */
export interface AxisField {
  readonly places: ReadonlyMap<
    string,
    {
      readonly pBest: number | null;
      readonly rankLow: number;
      readonly rankHigh: number;
      readonly tier: number | null;
    }
  >;
  /** Fewest more votes first, hopeless pairs last. */
  readonly unresolved: readonly UnresolvedPair[];
}

/** A study of more than this many times the votes is none that anybody would run. */
const MOST_TIMES = 50;

const NOTHING: AxisField = { places: new Map(), unresolved: [] };

/**
 * Rank ranges, tiers and P(best) of some arms among themselves, and the pairs of them that intervals
 * for all pairs at once do not tell apart (max-|t|; see `rankRanges`).
 *
 * @param names of the arms; those without a strength are left out.
 * @param votes that the strengths come from, the unit of `moreVotes`.
 */
export function axisField(
  strengths: Strengths,
  names: readonly string[],
  votes: number,
  { level = 0.95, seed = 0 }: { readonly level?: number; readonly seed?: number } = {},
): AxisField {
  const { vcov, degreesOfFreedom } = strengths;
  if (vcov === null) return NOTHING;
  const wanted = new Set(names);
  const arms = strengths.arms.flatMap(({ name, theta, component = 0 }, index) =>
    theta !== null && wanted.has(name) ? [{ name, theta, component, index }] : [],
  );
  const k = arms.length;
  if (k < 2) return NOTHING;
  const theta = Float64Array.from(arms, (arm) => arm.theta);
  const v = Float64Array.from(arms.flatMap((a) => arms.map((b) => vcov[a.index]?.[b.index] ?? 0)));
  const ranges = rankRanges(theta, v, {
    level,
    df: degreesOfFreedom ?? Infinity,
    seed,
    group: Int32Array.from(arms, (arm) => arm.component),
  });
  const isOneGraph = new Set(arms.map(({ component }) => component)).size === 1;
  const tiers = tiersOf(ranges.low);
  const places = new Map(
    arms.map(({ name }, i) => [
      name,
      {
        pBest: isOneGraph ? (ranges.best[i] ?? null) : null,
        rankLow: ranges.low[i] as number,
        rankHigh: ranges.high[i] as number,
        tier: isOneGraph ? (tiers[i] as number) : null,
      },
    ]),
  );
  const unresolved: UnresolvedPair[] = [];
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) {
      const [a, b] = [arms[i], arms[j]];
      if (!a || !b || a.component !== b.component) continue;
      const difference = a.theta - b.theta;
      const variance = (v[i * k + i] ?? 0) + (v[j * k + j] ?? 0) - 2 * (v[i * k + j] ?? 0);
      const se = Math.sqrt(Math.max(0, variance));
      if (!(se > 0) || Math.abs(difference) > ranges.critical * se) continue;
      const needed = votesNeeded({ difference, se, votes, critical: ranges.critical });
      unresolved.push({
        a: a.name,
        b: b.name,
        difference: difference * ELO_PER_THETA,
        low: (difference - ranges.critical * se) * ELO_PER_THETA,
        high: (difference + ranges.critical * se) * ELO_PER_THETA,
        moreVotes:
          needed === null || needed > MOST_TIMES * votes
            ? null
            : aboutVotes(Math.max(1, needed - votes)),
      });
    }
  }
  unresolved.sort((x, y) => (x.moreVotes ?? Infinity) - (y.moreVotes ?? Infinity));
  return { places, unresolved };
}
