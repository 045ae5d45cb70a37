import { AppError } from '#lib/core/errors.ts';
import { clampEigenvalues, type Matrix } from '../numeric/matrix.ts';
import type { Intervals, Warn } from '../ranking/ranking.ts';
import { clusterMeat } from './cluster-meat.ts';
import { clusterVotes } from './clusters.ts';
import { type ScoredVotes, sandwich, voteMeat } from './covariance.ts';
import { codeVotes } from './vote-codes.ts';

/** Intervals from scores at the fit, or from the model alone. */
export type SandwichIntervals = Exclude<Intervals, 'bootstrap'>;

/** Below this many clusters the sandwich is known to be too small. */
export const ENOUGH_CLUSTERS = 15;

/**
 * The covariance of the mean of the layers' strengths. Two-way (Cameron, Gelbach and Miller 2011):
 * the meat by rater plus that by prompt minus that by both, each with its G / (G - 1), negative
 * eigenvalues clamped, on (fewest clusters - 1) degrees of freedom.
 *
 * @throws AppError BAD_INPUT for clusters that the votes do not name.
 */
export function stackedCovariance(
  layers: readonly ScoredVotes[],
  intervals: SandwichIntervals,
  warn: Warn,
): { vcov: Matrix; intervals: SandwichIntervals; df: number } {
  const n = layers.reduce((sum, { fit }) => sum + fit.parameters, 0);
  const bread = blocks(
    layers.map(({ fit }) => fit.inverse),
    layers,
    n,
  );
  if (intervals === 'model' || layers.every(({ votes }) => votes.left.length === 0)) {
    return { vcov: meanOfLayers(bread, layers, n), intervals: 'model', df: Infinity };
  }
  if (intervals === 'hc0') {
    const meat = blocks(
      layers.map(({ squares, fit }) => voteMeat(squares, fit)),
      layers,
      n,
    );
    return { vcov: meanOfLayers(sandwich(bread, meat, n), layers, n), intervals, df: Infinity };
  }
  const votes = layers.map((layer) => layer.votes);
  const kinds = intervals === 'two-way' ? (['rater', 'prompt'] as const) : [intervals];
  const codes = codeVotes(layers);
  const meat = new Float64Array(n * n);
  let fewest = Infinity;
  for (const kind of kinds) {
    const clusters = clusterVotes(votes, kind);
    if (votes.every((columns) => columns[kind] === null)) {
      throw new AppError(
        'BAD_INPUT',
        `Intervals by ${kind} need votes that name their ${kind}; these do not.`,
        { reason: 'no-clusters', kind },
      );
    }
    if (clusters.count < 2) {
      warn(
        `one-${kind}`,
        `All votes are of one ${kind}, so the intervals take votes as independent and are too narrow.`,
      );
      return stackedCovariance(layers, 'hc0', warn);
    }
    if (clusters.count < ENOUGH_CLUSTERS) {
      warn(
        `few-${kind}s`,
        `Only ${clusters.count} ${kind}s: under ${ENOUGH_CLUSTERS} the intervals are too narrow.`,
      );
    }
    fewest = Math.min(fewest, clusters.count);
    addTo(meat, clusterMeat(layers, codes, clusters), 1);
  }
  if (intervals === 'two-way')
    addTo(meat, clusterMeat(layers, codes, clusterVotes(votes, 'both')), -1);
  const vcov = clampEigenvalues(
    meanOfLayers(sandwich(bread, meat, n), layers, n),
    layers[0]?.counts.size ?? 0,
  );
  return { vcov, intervals, df: fewest - 1 };
}

function addTo(into: Matrix, from: Matrix, sign: 1 | -1): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) + sign * (from[i] as number);
}

/** Puts the layers' matrices on the diagonal of one matrix. */
function blocks(parts: readonly Matrix[], layers: readonly ScoredVotes[], n: number): Matrix {
  const whole = new Float64Array(n * n);
  let offset = 0;
  parts.forEach((part, l) => {
    const size = (layers[l] as ScoredVotes).fit.parameters;
    for (let i = 0; i < size; i++) {
      whole.set(part.subarray(i * size, (i + 1) * size), (offset + i) * n + offset);
    }
    offset += size;
  });
  return whole;
}

/** The covariance of the mean of the layers' strengths, from that of all their parameters. */
function meanOfLayers(whole: Matrix, layers: readonly ScoredVotes[], n: number): Matrix {
  const k = layers[0]?.counts.size ?? 0;
  const vcov = new Float64Array(k * k);
  let row = 0;
  for (const { fit } of layers) {
    let column = 0;
    for (const other of layers) {
      for (let i = 0; i < k; i++) {
        for (let j = 0; j < k; j++) {
          const part = (whole[(row + i) * n + column + j] as number) / layers.length ** 2;
          vcov[i * k + j] = (vcov[i * k + j] as number) + part;
        }
      }
      column += other.fit.parameters;
    }
    row += fit.parameters;
  }
  return vcov;
}
