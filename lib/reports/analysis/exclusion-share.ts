import { studentTwoSided } from '#lib/statistics/numeric/student-cdf.ts';
import type { HalfSums } from '#lib/studies/quality/exclusion-halves.ts';
import type { ExclusionCause } from '#lib/studies/quality/schema.ts';
import type { ExclusionShift } from '#lib/studies/votes/schema.ts';

/** A change below this is none to act on, however sure it is. */
const LEAST_CHANGE = 0.05;
const ALPHA = 0.01;

/**
 * How the share of votes that are left out because of their raters differs between the older and the
 * newer half of a study's votes, in all and by cause: p2 - p1, where each p is a ratio of sums over raters
 * and the same raters may be in both. Raters, not votes, are what was drawn, so its variance is that of
 * the raters' linearised parts, u = (d - p2) n2 / N2 - (d - p1) n1 / N1 with d = 1 for an excluded one,
 * G / (G - 1) sum u^2 (Cochran 1977, ratio estimates; Woodruff 1971), and t has G - 1 degrees of freedom.
 *
 * @returns all causes together first, then each; empty without exclusions or with an empty half.
 */
export function exclusionShifts(sums: readonly HalfSums[]): ExclusionShift[] {
  const excluded = sums.filter(({ because }) => because !== null);
  const older = sum(sums, 'before');
  const newer = sum(sums, 'after');
  if (excluded.length === 0 || older === 0 || newer === 0) return [];
  const shift = (because: ExclusionCause | null, own: readonly HalfSums[]): ExclusionShift => {
    const before = sum(own, 'before') / older;
    const after = sum(own, 'after') / newer;
    const others = sums.filter((group) => !own.includes(group));
    const square =
      squares(own, (1 - after) / newer, (1 - before) / older) +
      squares(others, -after / newer, -before / older);
    const raters = sum(sums, 'raters');
    const error = raters > 1 ? Math.sqrt((square * raters) / (raters - 1)) : 0;
    const p = error > 0 ? studentTwoSided((after - before) / error, raters - 1) : 1;
    return { because, before, after, p };
  };
  return [shift(null, excluded), ...excluded.map((own) => shift(own.because, [own]))];
}

/** Of (a n2 - b n1)^2 over the raters of these groups. */
function squares(groups: readonly HalfSums[], a: number, b: number): number {
  const total =
    a * a * sum(groups, 'afterSquared') -
    2 * a * b * sum(groups, 'product') +
    b * b * sum(groups, 'beforeSquared');
  return Math.max(0, total);
}

function sum(groups: readonly HalfSums[], key: Exclude<keyof HalfSums, 'because'>): number {
  return groups.reduce((total, group) => total + group[key], 0);
}

const FOR: Readonly<Record<ExclusionCause, string>> = {
  random: 'for answering at random',
  'side-only': 'for pressing one button',
  promoter: 'for promoting an arm',
  fast: 'for answering too fast',
  unwatched: 'for not watching',
  gold: 'for missing known answers',
  other: 'for other reasons',
};

/**
 * What to say when the share of excluded votes has changed by more than five points and more than
 * chance explains (p < 0.01); null when it has not. Of several causes the one that changed most is told.
 */
export function exclusionAlarm(shifts: readonly ExclusionShift[]): string | null {
  const changed = shifts
    .filter(({ before, after, p }) => Math.abs(after - before) >= LEAST_CHANGE && p < ALPHA)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  // The sum tells nothing more where one cause explains it.
  const [worst] = changed.filter(({ because }) => because !== null || changed.length === 1);
  if (worst === undefined) return null;
  const { because, before, after, p } = worst;
  const cause = because === null ? '' : ` ${FOR[because]}`;
  const advice =
    after > before
      ? 'See where the raters of late came from.'
      : 'The raters of late may not have been looked at yet.';
  return `The share of votes left out with their raters${cause} has changed: ${percent(before)} of the older half of the votes, ${percent(after)} of the newer half (p ${p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`}). ${advice}`;
}

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;
