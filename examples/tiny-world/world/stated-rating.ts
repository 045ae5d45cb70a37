import type { Random } from '../../../lib/core/random.ts';
import type { Fault } from './fault.ts';

const CLEAN = 8.5;
const LOST = 7;
/** How far two people's ratings of one clip lie apart. */
const SPREAD = 0.4;

/**
 * The rating from 1 to 10 that a clip of the labelled set is stated to have: a clean picture 8.5, the
 * ugliest 1.5, in between by severity, plus a rater's spread. Text, stillness and captions play no part.
 */
export function statedRating(fault: Fault, random: Random): number {
  const isUgly = fault.name === 'noise' || fault.name === 'blur' || fault.name === 'exposure';
  const rating = CLEAN - (isUgly ? LOST * fault.severity : 0) + SPREAD * random.normal();
  return Math.round(Math.min(10, Math.max(1, rating)) * 10) / 10;
}
