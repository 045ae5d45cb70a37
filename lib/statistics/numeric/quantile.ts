/**
 * The quantile of sorted values by linear interpolation between order statistics (Hyndman and Fan
 * 1996, type 7; the default of R and NumPy).
 *
 * @param sorted ascending, not empty.
 * @param share in [0, 1].
 */
export function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (position - below);
}
