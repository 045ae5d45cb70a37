/** Elo points for one natural-log unit of strength: 400 / ln 10. */
export const ELO_PER_THETA = 400 / Math.LN10;

/** Places a natural-log strength (mean zero) on the Elo scale: 1000 + 400 theta / ln 10. */
export function eloOfTheta(theta: number): number {
  return 1000 + ELO_PER_THETA * theta;
}
