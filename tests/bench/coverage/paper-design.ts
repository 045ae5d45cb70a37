import { seededRandom, shuffle } from '#lib/core/random.ts';
import { fitQuestion } from '#lib/statistics/models/fit-question.ts';
import { countPairs, type PairCounts, pairCountsOf } from '#lib/statistics/votes/pair-counts.ts';
import { LEFT_WON, RIGHT_WON, TIED, type VoteColumns } from '#lib/statistics/votes/vote-columns.ts';

/** The paper's design: 4 arms, 64 prompts, every pair 3 times on every prompt, 1,152 votes. */
export const DESIGN = { arms: 4, prompts: 64, repeats: 3, raters: 40, nu: 0.5 } as const;
const NAMES = ['none', 'removed-12', 'removed-25', 'removed-50'];
/** Removed fractions, for contrasts. */
export const LEVELS = new Map(NAMES.map((name, i) => [name, [0, 0.125, 0.25, 0.5][i] as number]));

/** What is true: strengths, and how much raters and prompts differ in them (natural-log units). */
export interface Truth {
  readonly theta: readonly number[];
  readonly raterSd: number;
  readonly promptSd: number;
}

/** One simulated study; raters take comparisons in a random order, each an equal share. */
export function simulateStudy(
  { theta, raterSd, promptSd }: Truth,
  seed: string,
): { votes: VoteColumns; counts: PairCounts } {
  const { arms, prompts, repeats, raters, nu } = DESIGN;
  const random = seededRandom(seed);
  const effects = (rows: number, sd: number) =>
    Float64Array.from({ length: rows * arms }, () => (sd > 0 ? sd * random.normal() : 0));
  const byRater = effects(raters, raterSd);
  const byPrompt = effects(prompts, promptSd);
  const cells: number[] = [];
  for (let cell = 0; cell < arms * arms * prompts; cell++) {
    const left = cell % arms;
    const right = Math.floor(cell / arms) % arms;
    if (left < right) for (let r = 0; r < repeats; r++) cells.push(cell);
  }
  const size = cells.length;
  const votes = {
    arms: NAMES,
    left: new Int32Array(size),
    right: new Int32Array(size),
    outcome: new Uint8Array(size),
    raters: Array.from({ length: raters }, (_, r) => `rater-${r}`),
    rater: new Int32Array(size),
    prompts: Array.from({ length: prompts }, (_, p) => `prompt-${p}`),
    prompt: new Int32Array(size),
  };
  shuffle(cells, random).forEach((cell, v) => {
    const isTurned = random.next() < 0.5;
    const a = cell % arms;
    const b = Math.floor(cell / arms) % arms;
    const left = isTurned ? b : a;
    const right = isTurned ? a : b;
    const prompt = Math.floor(cell / (arms * arms));
    const rater = Math.floor((v * raters) / size);
    const strength = (arm: number) =>
      (theta[arm] as number) +
      (byRater[rater * arms + arm] as number) +
      (byPrompt[prompt * arms + arm] as number);
    const lead = strength(left) - strength(right);
    const wins = Math.exp(lead / 2);
    const losses = Math.exp(-lead / 2);
    const at = random.next() * (wins + losses + nu);
    votes.left[v] = left;
    votes.right[v] = right;
    votes.rater[v] = rater;
    votes.prompt[v] = prompt;
    votes.outcome[v] = at < wins ? LEFT_WON : at < wins + losses ? RIGHT_WON : TIED;
  });
  return { votes, counts: countPairs(votes) };
}

const NODES = 400;

/**
 * The strengths that a study of any size would find: effects of raters and prompts flatten them. The
 * fit to expected counts, each pair averaged over the normal distribution of its difference.
 */
export function visibleStrengths({ theta, raterSd, promptSd }: Truth): Float64Array {
  const { arms, nu } = DESIGN;
  const sd = Math.sqrt(2 * (raterSd ** 2 + promptSd ** 2));
  const wins = new Float64Array(arms * arms);
  const ties = new Float64Array(arms * arms);
  for (let i = 0; i < arms; i++) {
    for (let j = i + 1; j < arms; j++) {
      for (let node = 0; node < NODES; node++) {
        const z = -6 + (12 * (node + 0.5)) / NODES;
        const weight = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * (12 / NODES) * 1e6;
        const lead = (theta[i] as number) - (theta[j] as number) + sd * z;
        const first = Math.exp(lead / 2);
        const second = Math.exp(-lead / 2);
        const all = first + second + nu;
        const add = (to: Float64Array, at: number, value: number) => {
          to[at] = (to[at] as number) + (weight * value) / all;
        };
        add(wins, i * arms + j, first);
        add(wins, j * arms + i, second);
        add(ties, i * arms + j, nu);
      }
    }
  }
  const choice = { method: 'davidson', ties: 'half', ridge: undefined } as const;
  return fitQuestion(pairCountsOf(arms, wins, ties), choice, () => undefined).fit.theta;
}
