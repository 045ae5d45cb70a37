import { upperGammaShare } from './incomplete-gamma.ts';

/** P(|Z| >= |z|) for a standard normal Z: Q(1/2, z^2 / 2), accurate far out in the tail. */
export function normalTwoSided(z: number): number {
  return upperGammaShare(0.5, (z * z) / 2);
}

/** P(Z <= z) for a standard normal Z. */
export function normalCdf(z: number): number {
  const tail = normalTwoSided(z) / 2;
  return z < 0 ? tail : 1 - tail;
}
