import { type Random, seededRandom, shuffle } from '#lib/core/random.ts';
import { anytimeShare } from '#lib/statistics/stopping/beta-binomial.ts';
import { type StopStrengths, stopAdvice } from '#lib/statistics/stopping/stop-advice.ts';
import { countNamed } from '#lib/statistics/uncertainty/clusters.ts';
import { estimateStrengths } from '#lib/statistics/uncertainty/estimate.ts';
import { countPairs } from '#lib/statistics/votes/pair-counts.ts';
import { LEFT_WON, RIGHT_WON, type VoteColumns } from '#lib/statistics/votes/vote-columns.ts';

/**
 * The share of studies of two equal models in which an interval left out one half at any vote, with
 * a look after every vote: the anytime-valid one, and for comparison 1.96 standard errors.
 */
export function falseAlarmsOfShares(plan: {
  readonly studies: number;
  readonly votes: number;
  readonly seed: number;
}): { readonly anytime: number; readonly fixed: number } {
  const random = seededRandom(plan.seed);
  let anytime = 0;
  let fixed = 0;
  // The first number of wins that alarms at each number of votes; losses are their mirror image.
  const bound = Array.from({ length: plan.votes }, (_, v) => {
    const settings = { level: 0.95, votesBest: plan.votes / 2 };
    let least = Math.ceil((v + 1) / 2);
    while (least <= v + 1 && anytimeShare(least, v + 1, settings).low <= 0.5) least++;
    return least;
  });
  for (let s = 0; s < plan.studies; s++) {
    let wins = 0;
    let isAnytime = false;
    let isFixed = false;
    for (let votes = 1; votes <= plan.votes; votes++) {
      if (random.next() < 0.5) wins++;
      const most = Math.max(wins, votes - wins);
      isAnytime ||= most >= (bound[votes - 1] as number);
      // From ten votes on, as a careful peeker would.
      isFixed ||= votes >= 10 && most - votes / 2 > (1.96 * Math.sqrt(votes)) / 2;
    }
    if (isAnytime) anytime++;
    if (isFixed) fixed++;
  }
  return { anytime: anytime / plan.studies, fixed: fixed / plan.studies };
}

export interface PeekedStudy {
  readonly arms: number;
  readonly raters: number;
  readonly votesPerRater: number;
  readonly prompts: number;
  /** Standard deviation of what each rater and each prompt adds to each arm's strength. */
  readonly effects: number;
  /** One rater after the other, or all at once in turn. */
  readonly order: 'one-by-one' | 'together';
  readonly looksEvery: number;
  /** How much better than all others the best arm is, in natural-log strength; default 0. */
  readonly lead?: number;
}

export interface PeekedOutcome {
  /** Share of studies that were called resolved at any look. */
  readonly resolved: number;
  /** The same, with another arm than the best; equal arms have no best. */
  readonly wrong: number;
  /** The same at 1.96 standard errors between the two strongest arms. */
  readonly fixed: number;
  /** Share called beyond reach at some look, and yet resolved later. */
  readonly givenUpTooSoon: number;
  /** Mean share of the planned votes when resolved, and the planned ones where never. */
  readonly votesUsed: number;
}

/** Studies whose stop advice is looked at again and again, until all votes are in. */
export function peekAtStudies(study: PeekedStudy, studies: number, seed: number): PeekedOutcome {
  const random = seededRandom(seed);
  let resolved = 0;
  let wrong = 0;
  let fixed = 0;
  let givenUpTooSoon = 0;
  let used = 0;
  for (let s = 0; s < studies; s++) {
    const votes = simulate(study, random);
    const planned = votes.left.length;
    let stopped: number | null = null;
    let isFixed = false;
    let isGivenUp = false;
    for (let n = study.looksEvery; n <= planned; n += study.looksEvery) {
      const part = firstVotes(votes, n);
      const strengths = strengthsOf(part);
      const advice = stopAdvice({
        strengths,
        votes: n,
        plannedVotes: planned,
        raters: countNamed([part], 'rater'),
        prompts: countNamed([part], 'prompt'),
      });
      isFixed ||= isNaivelyResolved(strengths);
      isGivenUp ||= n < planned && advice.verdict === 'will-not-resolve';
      if (advice.verdict === 'resolved' && stopped === null) {
        stopped = n;
        if (study.lead === undefined || advice.leader !== votes.arms[0]) wrong++;
        break;
      }
    }
    if (stopped !== null) resolved++;
    if (isFixed) fixed++;
    if (isGivenUp && stopped !== null) givenUpTooSoon++;
    used += (stopped ?? planned) / planned / studies;
  }
  return {
    resolved: resolved / studies,
    wrong: wrong / studies,
    fixed: fixed / studies,
    givenUpTooSoon: givenUpTooSoon / studies,
    votesUsed: used,
  };
}

function firstVotes(votes: VoteColumns, n: number): VoteColumns {
  return {
    ...votes,
    left: votes.left.subarray(0, n),
    right: votes.right.subarray(0, n),
    outcome: votes.outcome.subarray(0, n),
    rater: votes.rater?.subarray(0, n) ?? null,
    prompt: votes.prompt?.subarray(0, n) ?? null,
  };
}

/** Strengths with the product's own errors; without P(best), for speed. */
function strengthsOf(votes: VoteColumns): StopStrengths {
  const { theta, vcov, df, isIdentified } = estimateStrengths(
    [{ votes, counts: countPairs(votes) }],
    {
      method: 'bradley-terry',
      ties: 'half',
      intervals: 'two-way',
      ridge: undefined,
    },
  );
  const k = votes.arms.length;
  const played = new Float64Array(k);
  for (const side of [votes.left, votes.right]) {
    for (const arm of side) played[arm] = (played[arm] as number) + 1;
  }
  return {
    arms: votes.arms.map((name, i) => ({
      name,
      theta: theta[i] as number,
      provisional: !isIdentified || (played[i] as number) < 10,
    })),
    vcov: Array.from({ length: k }, (_, i) => [...vcov.subarray(i * k, (i + 1) * k)]),
    degreesOfFreedom: Number.isFinite(df) ? df : null,
  };
}

function isNaivelyResolved({ arms, vcov }: StopStrengths): boolean {
  if (arms.some(({ provisional }) => provisional)) return false;
  const order = arms.map((_, i) => i).sort((a, b) => (arms[b]?.theta ?? 0) - (arms[a]?.theta ?? 0));
  const [i = 0, j = 0] = order;
  const at = (row: number, column: number) => vcov?.[row]?.[column] ?? 0;
  const lead = (arms[i]?.theta ?? 0) - (arms[j]?.theta ?? 0);
  return lead > 1.96 * Math.sqrt(at(i, i) + at(j, j) - 2 * at(i, j));
}

function simulate(study: PeekedStudy, random: Random): VoteColumns {
  const { arms, raters, prompts, votesPerRater } = study;
  const votes = raters * votesPerRater;
  const effects = (rows: number) =>
    Float64Array.from({ length: rows * arms }, () => study.effects * random.normal());
  const byRater = effects(raters);
  const byPrompt = effects(prompts);
  const cells: [number, number, number][] = [];
  for (let i = 0; i < arms; i++) {
    for (let j = i + 1; j < arms; j++) {
      for (let p = 0; p < prompts; p++) cells.push([i, j, p]);
    }
  }
  const columns: VoteColumns = {
    arms: Array.from({ length: arms }, (_, i) => `arm-${i}`),
    raters: Array.from({ length: raters }, (_, i) => `rater-${i}`),
    prompts: Array.from({ length: prompts }, (_, i) => `prompt-${i}`),
    left: new Int32Array(votes),
    right: new Int32Array(votes),
    outcome: new Uint8Array(votes),
    rater: new Int32Array(votes),
    prompt: new Int32Array(votes),
  };
  let deck: [number, number, number][] = [];
  for (let v = 0; v < votes; v++) {
    if (deck.length === 0) deck = shuffle([...cells], random);
    const [i, j, p] = deck.pop() as [number, number, number];
    const rater = study.order === 'together' ? v % raters : Math.floor(v / votesPerRater);
    const strength = (arm: number) =>
      (arm === 0 ? (study.lead ?? 0) : 0) +
      (byRater[rater * arms + arm] as number) +
      (byPrompt[p * arms + arm] as number);
    const chance = 1 / (1 + Math.exp(strength(j) - strength(i)));
    columns.left[v] = i;
    columns.right[v] = j;
    columns.outcome[v] = random.next() < chance ? LEFT_WON : RIGHT_WON;
    if (columns.rater) columns.rater[v] = rater;
    if (columns.prompt) columns.prompt[v] = p;
  }
  return columns;
}
