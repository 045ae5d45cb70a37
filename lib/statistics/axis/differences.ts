import { AppError } from '#lib/core/errors.ts';
import { studentTwoSided } from '../numeric/student-cdf.ts';
import { studentQuantile } from '../numeric/student-quantile.ts';
import type { Strengths } from '../ranking/ranking.ts';
import { jointCritical } from '../uncertainty/simultaneous.ts';

/**
 * theta of one arm less theta of another, in natural-log units (times ELO_PER_THETA: Elo). `low` and
 * `high` are the interval of this difference alone; `p` is two-sided and agrees with it (Student's t
 * on the degrees of freedom of the strengths, normal where they are null). All null where the method
 * gives no strengths or the two arms never met.
 */
export interface Difference {
  readonly estimate: number | null;
  readonly se: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
}

/** An arm against the reference; `jointLow` to `jointHigh` hold for all arms at once. */
export interface ReferenceDifference extends Difference {
  readonly name: string;
  readonly jointLow: number | null;
  readonly jointHigh: number | null;
}

/**
 * Every other arm less the reference, in the order of `strengths.arms`. Joint intervals are
 * estimate +- c se with c the level's quantile of the largest |t| over these differences, by seeded
 * draws (Dunnett's many-to-one comparisons by simulation; Hothorn, Bretz and Westfall 2008).
 *
 * @param options level in (0, 1), 0.95 unless given; seed of the draws, 0 unless given.
 * @throws AppError BAD_INPUT where no arm has the name of the reference.
 */
export function differencesFrom(
  strengths: Strengths,
  reference: string,
  options: { readonly level?: number; readonly seed?: number | string } = {},
): readonly ReferenceDifference[] {
  const { level = 0.95, seed = 0 } = options;
  const { arms, vcov } = strengths;
  const base = indexOf(strengths, reference);
  const k = arms.length;
  const isComparable = (i: number) =>
    difference(strengths, arms[i]?.name ?? '', reference).se !== null;
  const comparable = arms.map((_, i) => i !== base && isComparable(i));
  const critical =
    vcov === null
      ? 0
      : jointCritical(
          Float64Array.from(vcov.flat()),
          k,
          (i, j) =>
            (i === base && comparable[j] === true) || (j === base && comparable[i] === true),
          { level, df: strengths.degreesOfFreedom ?? Infinity, seed },
        );
  return Object.freeze(
    arms.flatMap(({ name }, i) => {
      if (i === base) return [];
      const own = difference(strengths, name, reference, level);
      const { estimate, se } = own;
      const isKnown = estimate !== null && se !== null;
      return [
        Object.freeze({
          name,
          ...own,
          jointLow: isKnown ? estimate - critical * se : null,
          jointHigh: isKnown ? estimate + critical * se : null,
        }),
      ];
    }),
  );
}

const UNKNOWN: Difference = Object.freeze({
  estimate: null,
  se: null,
  low: null,
  high: null,
  p: null,
});

/**
 * theta of arm `a` less theta of arm `b`.
 *
 * @param level of the interval, in (0, 1).
 * @throws AppError BAD_INPUT where no arm has one of the names.
 */
export function difference(strengths: Strengths, a: string, b: string, level = 0.95): Difference {
  const i = indexOf(strengths, a);
  const j = indexOf(strengths, b);
  const { arms, vcov } = strengths;
  const first = arms[i];
  const second = arms[j];
  if (
    vcov === null ||
    first === undefined ||
    second === undefined ||
    first.theta === null ||
    second.theta === null ||
    i === j ||
    (first.component ?? 0) !== (second.component ?? 0)
  ) {
    return UNKNOWN;
  }
  const entry = (row: number, column: number) => vcov[row]?.[column] as number;
  const estimate = first.theta - second.theta;
  const variance = entry(i, i) + entry(j, j) - 2 * entry(i, j);
  if (!(variance > 1e-12 * (entry(i, i) + entry(j, j)))) {
    return Object.freeze({ ...UNKNOWN, estimate });
  }
  const se = Math.sqrt(variance);
  const df = strengths.degreesOfFreedom ?? Infinity;
  const reach = studentQuantile((1 + level) / 2, df) * se;
  return Object.freeze({
    estimate,
    se,
    low: estimate - reach,
    high: estimate + reach,
    p: studentTwoSided(estimate / se, df),
  });
}

function indexOf(strengths: Strengths, name: string): number {
  const index = strengths.arms.findIndex((arm) => arm.name === name);
  if (index < 0) {
    throw new AppError(
      'BAD_INPUT',
      `There is no arm "${name}"; the arms are ${strengths.arms.map((arm) => `"${arm.name}"`).join(', ')}.`,
      { reason: 'arm', arm: name },
    );
  }
  return index;
}
