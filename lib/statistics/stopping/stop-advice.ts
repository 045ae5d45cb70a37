import { aboutVotes, votesNeeded } from '../planning/votes-needed.ts';
import { ELO_PER_THETA } from '../ranking/elo-scale.ts';
import type { Strengths } from '../ranking/ranking.ts';
import { anytimeCritical } from './anytime-critical.ts';

/** What the advice needs of a ranking; one by strengths with clustered intervals fits as it is. */
export interface StopStrengths extends Strengths {
  readonly arms: readonly (Strengths['arms'][number] & { readonly provisional?: boolean })[];
}

export interface StopInput {
  /** With errors clustered by raters and prompts, as far as votes name them. */
  readonly strengths: StopStrengths;
  /** How many raters and prompts the votes name; null where they name none. */
  readonly raters: number | null;
  readonly prompts: number | null;
  /** Votes that the strengths come from. */
  readonly votes: number;
  /** Votes that there will be when the study is full, those so far included. */
  readonly plannedVotes: number;
  /** The arms that the question is about (without controls); default all. */
  readonly among?: readonly string[] | undefined;
  /** An arm this little worse than the best will do; default 0. */
  readonly marginElo?: number | undefined;
  /** Of all looks together; default 0.95. */
  readonly level?: number | undefined;
}

export type StopReason =
  /** The leader is better than every other arm. */
  | 'separated'
  /** The leader is at most the margin worse than any other arm, though not better than each. */
  | 'within-margin'
  /** Some arm may still be better than the leader by more than the margin. */
  | 'open'
  /** Fewer raters or prompts than an error can be taken from. */
  | 'few-clusters'
  /** Some arm has too few votes or no finite estimate. */
  | 'provisional'
  /** Fewer than two arms, arms that never met, or ratings without standard errors. */
  | 'nothing-to-compare';

/** The leader against one other arm, in natural-log strength, valid at all looks at once. */
export interface StopRival {
  readonly name: string;
  /** Leader less this arm, 0 or more. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly state: 'separated' | 'within-margin' | 'open';
}

export interface StopAdvice {
  readonly verdict: 'resolved' | 'not-yet' | 'will-not-resolve';
  readonly reason: StopReason;
  readonly leader: string | null;
  /** About how many votes more, from the estimates as they are; null where none can be said. */
  readonly moreVotes: number | null;
  /** How many standard errors count as sure, at this look; null where nothing was compared. */
  readonly critical: number | null;
  readonly rivals: readonly StopRival[];
}

/** By how many standard errors the closest difference may be larger than it looks. */
const DOUBT = 2;

/** Fewer raters (or prompts) than this give no error to stop by. */
export const FEWEST_CLUSTERS = 10;

/**
 * Whether a study may stop: is its leader surely the best arm, or at most `marginElo` worse than any
 * other, in a sense that holds however often one looks?
 *
 * The leader's difference to each of the K - 1 other arms gets a normal-mixture confidence sequence
 * (see `anytimeCritical` for validity and limits) at 1 - (1 - level) / (K - 1). A wrong "resolved"
 * needs the sequence of some other arm against the truly best one to be wrong, and there are K - 1 of
 * those, so its chance over the whole study is at most 1 - level, whichever arm leads and however
 * often the leader changes (Bonferroni). Time is votes out of half of the planned ones, which is the
 * same as clusters out of clusters where raters give about equally many votes; the error itself must
 * be the clustered one.
 *
 * "will-not-resolve": even if the closest difference were two standard errors larger than it looks,
 * the votes left would not do. Otherwise "not-yet". Costs one pass over the arms.
 */
export function stopAdvice(input: StopInput): StopAdvice {
  const { strengths, votes, plannedVotes, marginElo = 0, level = 0.95 } = input;
  const { vcov, degreesOfFreedom } = strengths;
  const wanted = input.among && new Set(input.among);
  const arms = strengths.arms.flatMap((arm, index) =>
    arm.theta === null || wanted?.has(arm.name) === false
      ? []
      : [{ ...arm, index, theta: arm.theta }],
  );
  const isOneGraph = new Set(arms.map(({ component = 0 }) => component)).size === 1;
  const leader = arms.reduce<(typeof arms)[number] | undefined>(
    (best, arm) => (best && best.theta >= arm.theta ? best : arm),
    undefined,
  );
  if (!leader || arms.length < 2 || !isOneGraph || !vcov || !(votes > 0)) {
    return answer('not-yet', 'nothing-to-compare', { leader: leader?.name ?? null });
  }
  const isFull = votes >= plannedVotes;
  const waiting = isFull ? 'will-not-resolve' : 'not-yet';
  if (arms.some(({ provisional }) => provisional === true)) {
    return answer(waiting, 'provisional', { leader: leader.name });
  }
  const clusters = Math.min(input.raters ?? Infinity, input.prompts ?? Infinity);
  if (clusters < FEWEST_CLUSTERS) return answer(waiting, 'few-clusters', { leader: leader.name });
  const df = Math.min(degreesOfFreedom ?? Infinity, clusters - 1);
  const each = 1 - (1 - level) / (arms.length - 1);
  const criticalAt = (n: number): number =>
    anytimeCritical(n, plannedVotes / 2, { level: each, df });
  const critical = criticalAt(votes);
  const margin = marginElo / ELO_PER_THETA;
  let closest = Infinity;
  const rivals = arms
    .filter((arm) => arm !== leader)
    .map((arm): StopRival => {
      const { name } = arm;
      const difference = leader.theta - arm.theta;
      const se = standardError(vcov, leader.index, arm.index);
      closest = Math.min(closest, se > 0 ? (difference + margin) / se : 0);
      const low = difference - critical * se;
      const high = difference + critical * se;
      // No error at all is no evidence: the two were never compared.
      const isOpen = !(se > 0) || low <= -margin;
      const state = isOpen ? 'open' : low > 0 ? 'separated' : 'within-margin';
      return { name, difference, low, high, state };
    });
  const found = { leader: leader.name, critical, rivals };
  if (rivals.every(({ state }) => state !== 'open')) {
    const isSeparated = rivals.every(({ state }) => state === 'separated');
    return answer('resolved', isSeparated ? 'separated' : 'within-margin', {
      ...found,
      moreVotes: 0,
    });
  }
  const needed = (ratio: number): number | null =>
    votesNeeded({ difference: ratio, se: 1, votes, critical: criticalAt });
  const expected = needed(closest);
  const atBest = isFull ? null : needed(closest + DOUBT);
  return answer(atBest === null || atBest > plannedVotes ? 'will-not-resolve' : 'not-yet', 'open', {
    ...found,
    moreVotes: expected === null ? null : aboutVotes(expected - votes),
  });
}

function standardError(vcov: readonly (readonly number[])[], i: number, j: number): number {
  const at = (row: number, column: number): number => vcov[row]?.[column] ?? 0;
  return Math.sqrt(Math.max(0, at(i, i) + at(j, j) - 2 * at(i, j)));
}

function answer(
  verdict: StopAdvice['verdict'],
  reason: StopReason,
  found: Partial<Omit<StopAdvice, 'verdict' | 'reason'>>,
): StopAdvice {
  const rivals = Object.freeze((found.rivals ?? []).map((rival) => Object.freeze(rival)));
  return Object.freeze({
    verdict,
    reason,
    leader: found.leader ?? null,
    moreVotes: found.moreVotes ?? null,
    critical: found.critical ?? null,
    rivals,
  });
}
