/** A vote counts as this many average ones at most. */
export const HEAVIEST = 10;

/**
 * Weights that undo an adaptive choice of pairs: one over the chance with which the vote's pair was
 * drawn (Horvitz and Thompson 1952), so that in expectation every pair of arms weighs the same, as in a
 * balanced study. Scaled to a mean of 1 and cut at `HEAVIEST`: a few votes on pairs that were hardly
 * ever drawn would else make up the result; the cut trades a little bias for much variance.
 *
 * @param propensities in (0, 1]; null where a vote has none (imported), which then weighs 1.
 * @returns null where all weigh the same.
 */
export function propensityWeights(
  propensities: readonly (number | null)[],
): Float64Array<ArrayBuffer> | null {
  let sum = 0;
  let drawn = 0;
  let least = Infinity;
  let most = 0;
  for (const propensity of propensities) {
    if (propensity === null) continue;
    sum += 1 / propensity;
    drawn++;
    least = Math.min(least, propensity);
    most = Math.max(most, propensity);
  }
  if (drawn === 0 || most - least < 1e-9 * most) return null;
  const mean = sum / drawn;
  return Float64Array.from(propensities, (propensity) =>
    propensity === null ? 1 : Math.min(HEAVIEST, 1 / propensity / mean),
  );
}
