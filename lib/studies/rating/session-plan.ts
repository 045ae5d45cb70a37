import { seededRandom, shuffle } from '#lib/core/random.ts';
import type { ComparisonKind } from '../schema.ts';

export interface CheckShares {
  readonly gold: number;
  readonly same: number;
  readonly repeat: number;
}

/** Pairs between a comparison and its repeat, at least. */
export const REPEAT_GAP = 4;

/**
 * Which pairs of a session are checks: the kind of each pair number, from 0. The same seed gives the
 * same plan, so nothing has to be stored. A share that is not a whole number of pairs is rounded up
 * with the chance of its rest, so that it holds on average over sessions. Repeats stand after the
 * first `REPEAT_GAP` pairs, since there is nothing to repeat before; what doesn't fit there is left
 * regular.
 */
export function planSession(
  seed: string,
  pairs: number,
  shares: CheckShares,
): readonly ComparisonKind[] {
  const random = seededRandom(`session ${seed}`);
  const plan: ComparisonKind[] = Array.from({ length: pairs }, () => 'regular');
  const places = shuffle(
    plan.map((_, index) => index),
    random,
  );
  for (const kind of ['repeat', 'gold', 'same'] as const) {
    const exact = pairs * shares[kind];
    let wanted = Math.floor(exact) + (random.next() < exact % 1 ? 1 : 0);
    for (const place of places) {
      if (wanted === 0) break;
      if (plan[place] !== 'regular' || (kind === 'repeat' && place < REPEAT_GAP)) continue;
      plan[place] = kind;
      wanted--;
    }
  }
  return plan;
}
