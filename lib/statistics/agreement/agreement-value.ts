import { studentQuantile } from '../numeric/student-quantile.ts';

/** A measure of agreement with its interval; null where there are too few units for an error. */
export interface AgreementValue {
  readonly value: number;
  readonly se: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** The interval of t with units - 1 degrees of freedom, within [least, 1]. */
export function interval(
  value: number,
  se: number | null,
  units: number,
  level: number,
  least = -1,
): AgreementValue {
  if (se === null || units < 2) return { value, se: null, low: null, high: null };
  const reach = studentQuantile((1 + level) / 2, units - 1) * se;
  return { value, se, low: Math.max(least, value - reach), high: Math.min(1, value + reach) };
}
