export type PairLayout = 'side-by-side' | 'stacked';

export interface FittedPair {
  layout: PairLayout;
  /** Of one video box, in CSS pixels. */
  width: number;
  height: number;
}

/**
 * The larger of two ways to put two equal boxes into a space: beside each other or one above the
 * other. A narrow upright screen stacks landscape videos; upright videos stay beside each other.
 *
 * @param space what there is, in CSS pixels
 * @param ratio width over height of a video
 * @param gap between the boxes, in CSS pixels
 * @param labelHeight of the line above each box, in CSS pixels
 */
export function fitPair(
  space: { width: number; height: number },
  ratio: number,
  gap: number,
  labelHeight: number,
): FittedPair {
  const beside = Math.min((space.width - gap) / 2, (space.height - labelHeight) * ratio);
  const stacked = Math.min(space.width, ((space.height - gap) / 2 - labelHeight) * ratio);
  const width = Math.max(1, Math.floor(Math.max(beside, stacked)));
  return {
    layout: stacked > beside ? 'stacked' : 'side-by-side',
    width,
    height: Math.max(1, Math.floor(width / ratio)),
  };
}

/** One box alone in a space: the largest of that shape. Same units as `fitPair`. */
export function fitOne(
  space: { width: number; height: number },
  ratio: number,
): { width: number; height: number } {
  const width = Math.max(1, Math.floor(Math.min(space.width, space.height * ratio)));
  return { width, height: Math.max(1, Math.floor(width / ratio)) };
}
