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
 * with the chance of its rest, so that it holds on average over sessions. A repeat stands where
 * enough regular pairs come `REPEAT_GAP` pairs before it; what doesn't fit is left regular.
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
  for (const kind of ['gold', 'same', 'repeat'] as const) {
    const exact = pairs * shares[kind];
    let wanted = Math.floor(exact) + (random.next() < exact % 1 ? 1 : 0);
    for (const place of places) {
      if (wanted === 0) break;
      if (plan[place] !== 'regular') continue;
      plan[place] = kind;
      if (kind === 'repeat' && !hasPairsToRepeat(plan)) plan[place] = 'regular';
      else wanted--;
    }
  }
  return plan;
}

/** Whether each repeat comes late enough after a regular pair of its own. */
function hasPairsToRepeat(plan: readonly ComparisonKind[]): boolean {
  let free = 0;
  return plan.every((kind, place) => {
    if (plan[place - REPEAT_GAP] === 'regular') free++;
    return kind !== 'repeat' || --free >= 0;
  });
}
