import { seededRandom } from '#lib/core/random.ts';

/**
 * Draws whether arm a is shown on the left. While a comparison was shown more often one way round,
 * the other way is taken; else a coin decides, so that sides stay balanced in every comparison and
 * nobody can foretell the first one (the coin's seed holds the rater's random id).
 *
 * @param lead how many more open or answered assignments show a on the left than on the right.
 */
export function drawSides(lead: number, coin: string): boolean {
  if (lead !== 0) return lead < 0;
  return seededRandom(`sides ${coin}`).next() < 0.5;
}
