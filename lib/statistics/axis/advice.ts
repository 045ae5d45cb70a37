import { aboutVotes, votesNeeded } from '../planning/votes-needed.ts';
import { ELO_PER_THETA } from '../ranking/elo-scale.ts';
import type { StopStrengths } from '../stopping/stop-advice.ts';
import { rankRanges } from '../uncertainty/simultaneous.ts';
import { difference } from './differences.ts';

/** How to choose a threshold; set before the votes are looked at. */
export interface AdviceRule {
  /**
   * best: the strongest arm. cheapest: of the arms shown to be at most the margin worse than every
   * other, the one that removes least.
   */
  readonly kind: 'best' | 'cheapest';
  /** How much worse than the best is as good as the best; 0 or more. */
  readonly marginElo: number;
  /** Which question decides: the mean of all, or one by its place from 0. */
  readonly question: 'mean' | number;
}

/** A ranking and the number of votes that it comes from. */
export interface RatedQuestion {
  readonly strengths: StopStrengths;
  readonly votes: number;
}

export interface AdviceInput {
  readonly questions: readonly RatedQuestion[];
  /** The mean of all questions; null is the only question where there is one. */
  readonly mean: RatedQuestion | null;
  /** Removed fraction (or another level) of the arms on the axis; others are left out. */
  readonly levels: ReadonlyMap<string, number>;
  readonly rule: AdviceRule;
  /** Of all comparisons together; default 0.95. */
  readonly level?: number | undefined;
  readonly seed?: number | string | undefined;
}

export type AdviceCode =
  /** The arm is better than every other. */
  | 'separated'
  /** The arm is at most the margin worse than every other. */
  | 'within-margin'
  /** Not known yet: `arm` may still be more than the margin worse than `against`, or may not. */
  | 'open'
  /** Some arm on the axis has too few votes or no finite estimate. */
  | 'provisional'
  /** Fewer than two arms on the axis with strengths, errors and a chain of comparisons. */
  | 'nothing-to-compare';

/** Strengths in natural-log units (times ELO_PER_THETA: Elo). */
export interface AdviceReason {
  readonly code: AdviceCode;
  /** The arm recommended, or the one that keeps the question open. */
  readonly arm: string | null;
  /** The arm that comes closest to speaking against it. */
  readonly against: string | null;
  /** `arm` less `against`, with the interval that holds for all pairs at once. */
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** An arm on the axis, in order of its level. */
export interface ArmAdvice {
  readonly name: string;
  readonly level: number;
  /** Among the arms on the axis alone; null where it can't be said. */
  readonly pBest: number | null;
  /** This arm less the reference in natural-log units, with the interval of this one difference. */
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Shown to be at most the margin worse than every other arm on the axis (non-inferior). */
  readonly isWithinMargin: boolean;
  /** Shown to be worse than the strongest arm. */
  readonly isDistinguishable: boolean;
}

export interface ThresholdAdvice {
  readonly verdict: 'resolved' | 'not-resolved';
  /** The arm to take; null until resolved. */
  readonly recommendation: string | null;
  /** What the rule would take as things stand; the recommendation where resolved. */
  readonly leading: string | null;
  /** The arm of the smallest level: nothing (or least) removed. */
  readonly reference: string | null;
  readonly reason: AdviceReason;
  /** About how many votes more, in the unit of the question's `votes`; null where none can be said. */
  readonly moreVotes: number | null;
  readonly perArm: readonly ArmAdvice[];
}

/**
 * Applies the rule to the arms on an axis.
 *
 * Two arms are told apart, and an arm counts as at most the margin worse, by intervals that hold for
 * all pairs on the axis at once (max-|t|; see `rankRanges`). Non-inferiority is shown where the lower
 * end of arm less other is above minus the margin, for every other arm: no evidence of a difference
 * is not evidence of none. "cheapest" goes up from the smallest level: an arm within the margin is
 * taken, one that is shown to be worse than the strongest is passed, and one that is neither keeps
 * the question open. With a margin of 0 both rules need one arm that is better than all others.
 *
 * Meant for one look, when the votes are in: to decide when to stop voting, see `stopAdvice`.
 */
export function adviseThreshold(input: AdviceInput): ThresholdAdvice {
  const { levels, rule, level = 0.95, seed = 0 } = input;
  const { questions } = input;
  const rated =
    rule.question === 'mean'
      ? (input.mean ?? (questions.length === 1 ? questions[0] : undefined))
      : questions[rule.question];
  const onAxis = (rated?.strengths.arms ?? [])
    .flatMap((arm, index) => {
      const at = levels.get(arm.name);
      return at === undefined ? [] : [{ ...arm, index, level: at }];
    })
    .sort((a, b) => a.level - b.level || (b.theta ?? 0) - (a.theta ?? 0));
  const reference = onAxis[0]?.name ?? null;
  const vcov = rated?.strengths.vcov ?? null;
  const isOneGraph = new Set(onAxis.map(({ component }) => component ?? 0)).size === 1;
  const isKnown = onAxis.every(({ theta }) => theta !== null);
  if (!rated || vcov === null || onAxis.length < 2 || !isOneGraph || !isKnown) {
    return freeze({
      ...OPEN,
      reference,
      perArm: onAxis.map(({ name, level: at }) => ({ ...BLANK, name, level: at })),
    });
  }
  const k = onAxis.length;
  const theta = Float64Array.from(onAxis, (arm) => arm.theta ?? 0);
  const v = Float64Array.from(
    onAxis.flatMap((a) => onAxis.map((b) => vcov[a.index]?.[b.index] ?? 0)),
  );
  const df = rated.strengths.degreesOfFreedom ?? Infinity;
  const { critical, best } = rankRanges(theta, v, { level, df, seed, group: new Int32Array(k) });
  const field = fieldOf(theta, v, critical, rule.marginElo / ELO_PER_THETA);
  const perArm = onAxis.map((arm, i): ArmAdvice => {
    const toReference =
      i === 0 ? null : difference(rated.strengths, arm.name, onAxis[0]?.name ?? '', level);
    return {
      name: arm.name,
      level: arm.level,
      pBest: best[i] ?? null,
      difference: toReference ? toReference.estimate : 0,
      low: toReference?.low ?? null,
      high: toReference?.high ?? null,
      isWithinMargin: field.isWithinMargin(i),
      isDistinguishable: field.isWorse(i),
    };
  });
  const choice = rule.kind === 'best' ? field.leader : field.cheapest();
  const isSettled = field.isWithinMargin(choice);
  const isProvisional = onAxis.some(({ provisional }) => provisional === true);
  const leading = onAxis[choice]?.name ?? null;
  const { other, low, high } = field.hardest(choice);
  const reason = {
    arm: leading,
    against: onAxis[other]?.name ?? null,
    difference: (theta[choice] ?? 0) - (theta[other] ?? 0),
    low,
    high,
  };
  const found = { leading, reference, perArm };
  if (isProvisional) {
    return freeze({ ...OPEN, ...found, reason: { ...reason, code: 'provisional' } });
  }
  if (isSettled) {
    const code = low > 0 ? 'separated' : 'within-margin';
    return freeze({
      ...found,
      verdict: 'resolved',
      recommendation: leading,
      reason: { ...reason, code },
      moreVotes: 0,
    });
  }
  const needed = votesNeeded({
    difference: Math.max(0, field.nearness(choice)),
    se: 1,
    votes: rated.votes,
    critical,
  });
  return freeze({
    ...OPEN,
    ...found,
    reason: { ...reason, code: 'open' },
    moreVotes: needed === null ? null : aboutVotes(Math.max(1, needed - rated.votes)),
  });
}

/** What joint intervals say of arms in order of their level. */
function fieldOf(theta: Float64Array, v: Float64Array, critical: number, margin: number) {
  const k = theta.length;
  const places = Array.from({ length: k }, (_, i) => i);
  const at = (i: number) => theta[i] ?? 0;
  const leader = places.reduce((top, i) => (at(i) > at(top) ? i : top), 0);
  const se = (i: number, j: number): number => {
    const variance = (v[i * k + i] ?? 0) + (v[j * k + j] ?? 0) - 2 * (v[i * k + j] ?? 0);
    return Math.sqrt(Math.max(0, variance));
  };
  const others = (i: number) => places.filter((j) => j !== i);
  const low = (i: number, j: number) => at(i) - at(j) - critical * se(i, j);
  const isWithinMargin = (i: number): boolean =>
    others(i).every((j) => se(i, j) > 0 && low(i, j) > -margin);
  const isWorse = (i: number): boolean => i !== leader && se(leader, i) > 0 && low(leader, i) > 0;
  return {
    leader,
    isWithinMargin,
    isWorse,
    /** The first arm that is within the margin, or that is not shown to be worse. */
    cheapest: (): number => places.find((i) => isWithinMargin(i) || !isWorse(i)) ?? leader,
    /** The other arm whose lead over this one may be largest. */
    hardest(i: number) {
      const other = others(i).reduce(
        (worst, j) => (low(i, j) < low(i, worst) ? j : worst),
        others(i)[0] ?? i,
      );
      return { other, low: low(i, other), high: -low(other, i) };
    },
    /**
     * How many standard errors the arm is from being settled as things stand: shown to be within
     * the margin, or, where others lead, shown to be worse.
     */
    nearness(i: number): number {
      const shown = Math.min(...others(i).map((j) => ratio(at(i) - at(j) + margin, se(i, j))));
      return i === leader ? shown : Math.max(shown, ratio(at(leader) - at(i), se(leader, i)));
    },
  };
}

const ratio = (value: number, se: number): number => (se > 0 ? value / se : 0);

const BLANK = {
  pBest: null,
  difference: null,
  low: null,
  high: null,
  isWithinMargin: false,
  isDistinguishable: false,
};

const OPEN = {
  verdict: 'not-resolved',
  recommendation: null,
  leading: null,
  reason: {
    code: 'nothing-to-compare',
    arm: null,
    against: null,
    difference: null,
    low: null,
    high: null,
  },
  moreVotes: null,
} as const;

function freeze(advice: ThresholdAdvice): ThresholdAdvice {
  return Object.freeze({
    ...advice,
    reason: Object.freeze({ ...advice.reason }),
    perArm: Object.freeze(advice.perArm.map((arm) => Object.freeze({ ...arm }))),
  });
}
