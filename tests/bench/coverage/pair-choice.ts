import { type Random, seededRandom } from '#lib/core/random.ts';
import {
  pairGains,
  pairProbabilities,
  strengthPosterior,
} from '#lib/statistics/pairing/information-gain.ts';
import { type PairCounts, pairCountsOf } from '#lib/statistics/votes/pair-counts.ts';

export interface PairChoiceStudy {
  /** Natural-log strengths. */
  readonly truth: readonly number[];
  readonly votes: number;
  /** How many votes are cast before pairs are weighed anew. */
  readonly batch: number;
  readonly explorationFloor: number;
}

/** After each batch, the mean over studies for either way of choosing pairs. */
export interface PairChoiceCurve {
  readonly votes: readonly number[];
  /** Root mean square error of strengths. */
  readonly error: readonly number[];
  /** Share of pairs of arms in the wrong order. */
  readonly disorder: readonly number[];
}

/** Simulated studies with pairs drawn evenly or by what they would teach. */
export function simulatePairChoice(
  study: PairChoiceStudy,
  how: 'even' | 'informative',
  studies: number,
  seed: number,
): PairChoiceCurve {
  const random = seededRandom(seed);
  const steps = Math.floor(study.votes / study.batch);
  const error = new Float64Array(steps);
  const disorder = new Float64Array(steps);
  const k = study.truth.length;
  const mean = study.truth.reduce((sum, value) => sum + value, 0) / k;
  const truth = study.truth.map((value) => value - mean);
  for (let s = 0; s < studies; s++) {
    const wins = new Float64Array(k * k);
    for (let step = 0; step < steps; step++) {
      castBatch(study, truth, wins, how, random);
      const { theta } = strengthPosterior(countsOf(wins, k), 0.1);
      error[step] = (error[step] as number) + errorOf(theta, truth) / studies;
      disorder[step] = (disorder[step] as number) + disorderOf(theta, truth) / studies;
    }
  }
  return {
    votes: Array.from({ length: steps }, (_, step) => (step + 1) * study.batch),
    error: [...error],
    disorder: [...disorder],
  };
}

/** The fewest votes at which a curve is as low as a target; null where it never is. */
export function votesUntil(
  curve: PairChoiceCurve,
  what: 'error' | 'disorder',
  target: number,
): number | null {
  const step = curve[what].findIndex((value) => value <= target);
  return step < 0 ? null : (curve.votes[step] ?? null);
}

function castBatch(
  study: PairChoiceStudy,
  truth: readonly number[],
  wins: Float64Array,
  how: 'even' | 'informative',
  random: Random,
): void {
  const k = truth.length;
  const gains = pairGains([strengthPosterior(countsOf(wins, k))]);
  const chances =
    how === 'even' ? gains.gain.map(() => 1 / gains.gain.length) : pairProbabilities(gains, study);
  for (let v = 0; v < study.batch; v++) {
    let at = random.next();
    let p = 0;
    while (p < chances.length - 1 && at >= (chances[p] as number)) at -= chances[p++] as number;
    const i = gains.first[p] as number;
    const j = gains.second[p] as number;
    const chance = 1 / (1 + Math.exp((truth[j] as number) - (truth[i] as number)));
    const cell = random.next() < chance ? i * k + j : j * k + i;
    wins[cell] = (wins[cell] as number) + 1;
  }
}

const countsOf = (wins: Float64Array, k: number): PairCounts =>
  pairCountsOf(k, wins, new Float64Array(k * k));

function errorOf(theta: Float64Array, truth: readonly number[]): number {
  const squares = truth.reduce((sum, value, i) => sum + ((theta[i] as number) - value) ** 2, 0);
  return Math.sqrt(squares / truth.length);
}

function disorderOf(theta: Float64Array, truth: readonly number[]): number {
  let wrong = 0;
  let pairs = 0;
  for (let i = 0; i < truth.length; i++) {
    for (let j = i + 1; j < truth.length; j++) {
      pairs++;
      const isAhead = (truth[i] as number) > (truth[j] as number);
      if ((theta[i] as number) > (theta[j] as number) !== isAhead) wrong++;
    }
  }
  return wrong / pairs;
}
