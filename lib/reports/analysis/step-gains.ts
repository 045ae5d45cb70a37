import { difference } from '#lib/statistics/axis/differences.ts';
import { ELO_PER_THETA } from '#lib/statistics/ranking/elo-scale.ts';
import type { StrengthMethod } from '#lib/statistics/ranking/ranking.ts';
import { selectVotes } from '#lib/statistics/votes/select-votes.ts';
import type { VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import { type PlacedArm, placeArms } from '../place-arms.ts';
import type { AnalysisFacts } from './facts.ts';
import type { StepGain } from './schema.ts';
import { subsetStrengths } from './subset-strengths.ts';

/** Arms with fewer votes at a step are provisional, as in a ranking. */
const MINIMUM_VOTES = 10;

/**
 * On an axis of training steps: at each step the Elo gain of every series over the lowest one of that
 * step, from the votes between arms of that step alone. The lowest is what the votes say it is, so that
 * the gain of the second lowest is never below 0 and a little too large where all are alike.
 *
 * @returns the steps in order; empty on any other axis.
 */
export function stepGains(
  questions: readonly VoteColumns[],
  spec: AnalysisFacts['spec'],
  method: StrengthMethod,
): StepGain['steps'] {
  if (spec.axis?.kind !== 'training-step') return [];
  const placed = placeArms(spec).filter(({ role, level }) => role !== 'control' && level !== null);
  const steps = Map.groupBy(placed, ({ level }) => level as number);
  return [...steps]
    .sort(([a], [b]) => a - b)
    .map(([step, arms]) => ({ step, ...gainsAt(questions, arms, method) }));
}

function gainsAt(
  questions: readonly VoteColumns[],
  arms: readonly PlacedArm[],
  method: StrengthMethod,
): Omit<StepGain['steps'][number], 'step'> {
  const names = new Set(arms.map(({ name }) => name));
  const own = questions.map((votes) => {
    const isIn = Uint8Array.from(votes.arms, (name) => (names.has(name) ? 1 : 0));
    return selectVotes(
      votes,
      (v) => isIn[votes.left[v] as number] === 1 && isIn[votes.right[v] as number] === 1,
    );
  });
  const counts = new Map<string, number>();
  for (const votes of own)
    for (const column of [votes.left, votes.right])
      for (const arm of column) {
        const name = votes.arms[arm] as string;
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
  const strengths = subsetStrengths(own, method);
  const thetas = new Map(strengths.arms.map(({ name, theta }) => [name, theta]));
  const rated = arms.flatMap((arm) => {
    const theta = thetas.get(arm.name) ?? null;
    return theta === null ? [] : [{ ...arm, theta }];
  });
  const lowest = rated.reduce<(typeof rated)[number] | null>(
    (least, arm) => (least === null || arm.theta < least.theta ? arm : least),
    null,
  );
  return {
    votes: own.reduce((sum, { left }) => sum + left.length, 0),
    series: arms.map((arm) => {
      const isLowest = arm.name === lowest?.name;
      const gain =
        lowest && !isLowest && thetas.get(arm.name) != null
          ? difference(strengths, arm.name, lowest.name)
          : null;
      const elo = (theta: number | null | undefined) =>
        theta == null ? null : theta * ELO_PER_THETA;
      return {
        series: arm.role === 'replica' ? arm.name : (arm.series ?? arm.name),
        arm: arm.name,
        gain: isLowest ? 0 : elo(gain?.estimate),
        low: elo(gain?.low),
        high: elo(gain?.high),
        isLowest,
        provisional: !strengths.isIdentified || (counts.get(arm.name) ?? 0) < MINIMUM_VOTES,
      };
    }),
    warnings: strengths.warnings.map((warning) => ({ ...warning })),
  };
}
