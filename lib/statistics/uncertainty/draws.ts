import { type Random, seededRandom } from '#lib/core/random.ts';
import { type Matrix, squareRoot } from '../numeric/matrix.ts';
import { normalQuantile } from '../numeric/normal-quantile.ts';

/** Seeded draws of errors with covariance V, and of the scale that makes normal errors t. */
export interface Draws {
  /** The next error, one number an arm; the same array every time. */
  next(): Float64Array;
  /** sqrt(df / chi-square(df)), for the same draw; 1 where df is Infinity. */
  scale(): number;
}

/**
 * Draws from N(0, V); with `scale`, from the multivariate t. Up to 30 arms the normals come from a
 * lattice (Richtmyer's, with a random shift and folded, as in Genz and Bretz 2009), which fills space
 * evenly and makes shares of draws several times more exact; beyond, they are pseudo-random.
 *
 * @param vcov positive semidefinite.
 */
export function seededDraws(vcov: Matrix, k: number, df: number, seed: number | string): Draws {
  const factor = squareRoot(vcov, k);
  const isLower = factor.every((value, at) => at % k <= Math.floor(at / k) || value === 0);
  const random = seededRandom(seed);
  const normals = new Float64Array(k + (k % 2));
  const lattice = k <= PRIMES.length ? latticeNormals(k, random) : null;
  const x = new Float64Array(k);
  return {
    next() {
      if (lattice) lattice(normals);
      else fillNormal(normals, random);
      for (let i = 0; i < k; i++) {
        let sum = 0;
        const last = isLower ? i : k - 1;
        for (let m = 0; m <= last; m++)
          sum += (factor[i * k + m] as number) * (normals[m] as number);
        x[i] = sum;
      }
      return x;
    },
    scale: () => (df === Infinity ? 1 : 1 / Math.sqrt(chiSquare(df, random) / df)),
  };
}

/** Pairs of arms whose difference has an error: `inverse` is 1 / its standard error. */
export interface Differences {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly inverse: Float64Array;
}

const MOST_DRAWS = 50_000;
const FEWEST_DRAWS = 2_000;
const PAIR_BUDGET = 2e7;

/** How many draws are worth their time: 50,000, fewer where a draw has many pairs to look at. */
export function drawsFor(pairs: number): number {
  return Math.min(MOST_DRAWS, Math.max(FEWEST_DRAWS, Math.floor(PAIR_BUDGET / Math.max(pairs, 1))));
}

/** The differences of the pairs that `isWanted`, of those that have a variance. */
export function differencesOf(
  vcov: Matrix,
  k: number,
  isWanted: (i: number, j: number) => boolean,
): Differences {
  const first: number[] = [];
  const second: number[] = [];
  const inverse: number[] = [];
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) {
      if (!isWanted(i, j)) continue;
      const variance =
        (vcov[i * k + i] as number) + (vcov[j * k + j] as number) - 2 * (vcov[i * k + j] as number);
      if (!(variance > 0)) continue;
      first.push(i);
      second.push(j);
      inverse.push(1 / Math.sqrt(variance));
    }
  }
  return {
    first: Int32Array.from(first),
    second: Int32Array.from(second),
    inverse: Float64Array.from(inverse),
  };
}

/** The largest |x_i - x_j| / se over the differences. */
export function largestT(x: Float64Array, { first, second, inverse }: Differences): number {
  let most = 0;
  for (let p = 0; p < first.length; p++) {
    const t =
      Math.abs((x[first[p] as number] as number) - (x[second[p] as number] as number)) *
      (inverse[p] as number);
    if (t > most) most = t;
  }
  return most;
}

const PRIMES = [
  2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
  101, 103, 107, 109, 113,
];

/** Fills with the next point of a shifted and folded lattice, as standard normal deviates. */
function latticeNormals(k: number, random: Random): (into: Float64Array) => void {
  const steps = Float64Array.from({ length: k }, (_, i) => Math.sqrt(PRIMES[i] as number) % 1);
  const at = Float64Array.from({ length: k }, () => random.next());
  return (into) => {
    for (let i = 0; i < k; i++) {
      const next = (at[i] as number) + (steps[i] as number);
      const place = next >= 1 ? next - 1 : next;
      at[i] = place;
      const folded = place < 0.5 ? 2 * place : 2 - 2 * place;
      into[i] = normalQuantile(Math.min(Math.max(folded, 1e-15), 1 - 1e-15));
    }
  };
}

/** Fills an array of even length with standard normal deviates (Box-Muller, both of the pair). */
function fillNormal(into: Float64Array, random: Random): void {
  for (let i = 0; i < into.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    const angle = 2 * Math.PI * random.next();
    into[i] = radius * Math.cos(angle);
    into[i + 1] = radius * Math.sin(angle);
  }
}

/** A chi-square deviate: twice a gamma deviate of shape df / 2 (Marsaglia and Tsang 2000). */
function chiSquare(df: number, random: Random): number {
  const shape = df / 2;
  const lifted = shape < 1 ? shape + 1 : shape;
  const d = lifted - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = random.normal();
    const v = (1 + c * z) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.next()) >= 0.5 * z * z + d - d * v + d * Math.log(v)) continue;
    const boost = shape < 1 ? (1 - random.next()) ** (1 / shape) : 1;
    return 2 * d * v * boost;
  }
}
