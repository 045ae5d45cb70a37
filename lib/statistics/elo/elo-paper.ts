import { AppError } from '#lib/core/errors.ts';
import { seededRandom } from '#lib/core/random.ts';
import { quantile } from '../numeric/quantile.ts';
import { ELO_PER_THETA } from '../ranking/elo-scale.ts';
import type { VoteColumns } from '../votes/vote-columns.ts';
import type { EloSettings } from './elo.ts';

/** Statistics over the shuffles, one number an arm. Their spread is no confidence interval. */
export interface EloShuffles {
  readonly mean: Float64Array;
  readonly median: Float64Array;
  readonly q025: Float64Array;
  readonly q975: Float64Array;
}

// A vote in 32 bits (15 for either arm, 2 for the outcome), so that shuffling moves one word.
const MOST_ARMS = 1 << 15;

/**
 * Elo as in Blattmann et al. 2023 (appendix E.1): the mean, and the median, of `shuffles` passes
 * over the votes, each in a fresh random order (a permutation: the paper does not say whether it
 * resampled). Every second pass goes through the order of the one before in reverse: still a random
 * order, but late votes weigh more in Elo, so the two err to opposite sides and the mean is several
 * times closer to that over all orders. Seeded; the same seed, votes and order give the same digits.
 *
 * @throws AppError BAD_INPUT for more than 32,768 arms or fewer than one shuffle.
 */
export function eloShuffles(
  votes: VoteColumns,
  settings: EloSettings & { readonly shuffles: number; readonly seed: number | string },
): EloShuffles {
  const size = votes.arms.length;
  const { shuffles, k, init } = settings;
  if (size > MOST_ARMS || !(shuffles >= 1)) {
    throw new AppError(
      'BAD_INPUT',
      `Elo over shuffles takes 1 shuffle or more and at most ${MOST_ARMS} arms; got ${shuffles} shuffles of ${size} arms.`,
    );
  }
  const random = seededRandom(settings.seed);
  const packed = new Int32Array(votes.left.length);
  for (let v = 0; v < packed.length; v++) {
    packed[v] =
      ((votes.left[v] as number) << 17) |
      ((votes.right[v] as number) << 2) |
      (votes.outcome[v] as number);
  }
  const scores = Float64Array.of(1, 0, 0.5);
  const ratings = new Float64Array(size);
  const finals = Array.from({ length: size }, () => new Float64Array(shuffles));
  const play = (vote: number) => {
    const l = vote >>> 17;
    const r = (vote >>> 2) & (MOST_ARMS - 1);
    const ahead = (ratings[l] as number) - (ratings[r] as number);
    const expected = 1 / (1 + Math.exp(-ahead / ELO_PER_THETA));
    const gain = k * ((scores[vote & 3] as number) - expected);
    ratings[l] = (ratings[l] as number) + gain;
    ratings[r] = (ratings[r] as number) - gain;
  };
  for (let s = 0; s < shuffles; s++) {
    ratings.fill(init);
    if (s % 2 === 1) {
      for (let v = packed.length - 1; v >= 0; v--) play(packed[v] as number);
    } else {
      // The shuffle (Fisher-Yates, forward) and the pass in one go.
      for (let v = 0; v < packed.length; v++) {
        const other = v + Math.floor(random.next() * (packed.length - v));
        const vote = packed[other] as number;
        packed[other] = packed[v] as number;
        packed[v] = vote;
        play(vote);
      }
    }
    for (let i = 0; i < size; i++) (finals[i] as Float64Array)[s] = ratings[i] as number;
  }
  const result = {
    mean: new Float64Array(size),
    median: new Float64Array(size),
    q025: new Float64Array(size),
    q975: new Float64Array(size),
  };
  finals.forEach((values, i) => {
    let sum = 0;
    for (const value of values) sum += value - init;
    values.sort();
    result.mean[i] = init + sum / shuffles;
    result.median[i] = quantile(values, 0.5);
    result.q025[i] = quantile(values, 0.025);
    result.q975[i] = quantile(values, 0.975);
  });
  return result;
}
