import { chiSquareTail } from '../numeric/chi-square.ts';
import { betaShare } from '../numeric/incomplete-beta.ts';
import { symmetricEigen } from '../numeric/matrix.ts';
import { normalTwoSided } from '../numeric/normal-cdf.ts';
import { NORMAL_FROM, studentTwoSided } from '../numeric/student-cdf.ts';
import type { Strengths } from '../ranking/ranking.ts';

/**
 * One question to the strengths along an axis. For linear and quadratic: `estimate` = c'theta,
 * `se` = sqrt(c'Vc), `z` their ratio, `p` two-sided from the normal distribution, `df` null. For
 * omnibus: `estimate` is Wald's chi-square statistic on `df` degrees of freedom, `p` its upper tail,
 * `se` and `z` null.
 *
 * `pSmallSample` is what to report where V was taken from clusters, whose degrees of freedom are few
 * (else it is `p`): from Student's t on them, and from Hotelling's T-squared (the statistic times (n - df + 1) / (n df) is F on df and n - df + 1, n those of V;
 * Hotelling 1931). With the chi-square distribution an omnibus test at 5 % was significant in 7 to
 * 10 % of null studies of 40 raters (`npm run bench -- coverage`).
 */
export interface Contrast {
  readonly name: 'linear' | 'quadratic' | 'omnibus';
  readonly estimate: number;
  readonly se: number | null;
  readonly z: number | null;
  readonly p: number | null;
  readonly pSmallSample: number | null;
  readonly df: number | null;
}

export interface AxisContrasts {
  /** Does strength rise (above zero) or fall with the level? */
  readonly linear: Contrast;
  /** Is there a dip (above zero) or a peak (below zero)? Null under three different levels. */
  readonly quadratic: Contrast | null;
  /** Is there any difference at all between the arms on the axis? */
  readonly omnibus: Contrast;
  /** The arms on the axis, by level. */
  readonly arms: readonly { readonly name: string; readonly level: number }[];
}

/**
 * The contrasts of the arms on an axis (orthogonal polynomials; Scheffe 1959).
 * Linear: c are the levels less their mean. Quadratic: c are the squared levels made orthogonal to 1
 * and the level (Gram-Schmidt), so that unequal steps and several arms at one level are right.
 * Omnibus: Wald's theta'P (P V P)^+ P theta with P the centring of the arms on the axis, on
 * rank(P V P) degrees of freedom: their number less one, or less where few clusters leave V a
 * lower rank.
 *
 * @param levels by arm name; arms that are not in it are not on the axis.
 * @returns null where fewer than two different levels have an arm with a strength, where arms on the
 *   axis never met, or where the method gives no covariance.
 */
export function axisContrasts(
  strengths: Strengths,
  levels: ReadonlyMap<string, number>,
): AxisContrasts | null {
  const { vcov } = strengths;
  const dfOfError = strengths.degreesOfFreedom ?? Infinity;
  const on = strengths.arms
    .map(({ name, theta, component = 0 }, index) => ({
      index,
      name,
      theta,
      component,
      level: levels.get(name),
    }))
    .filter((arm) => arm.level !== undefined)
    .map((arm) => ({ ...arm, level: arm.level as number }))
    .sort((a, b) => a.level - b.level);
  const distinct = new Set(on.map(({ level }) => level)).size;
  const isComparable = new Set(on.map(({ component }) => component)).size === 1;
  if (vcov === null || distinct < 2 || !isComparable || on.some(({ theta }) => theta === null)) {
    return null;
  }
  const theta = on.map((arm) => arm.theta as number);
  const v = on.map((a) => on.map((b) => vcov[a.index]?.[b.index] as number));
  // Levels run over [0, 1] while the polynomials are made orthogonal; scale and origin come back at
  // the end.
  const low = on[0]?.level as number;
  const range = (on.at(-1)?.level as number) - low;
  const unit = on.map(({ level }) => (level - low) / range);
  const line = centred(unit);
  const slope =
    dot(
      unit.map((x) => x * x),
      line,
    ) / dot(line, line);
  const bend = centred(unit.map((x) => x * x)).map((x, i) => x - slope * (line[i] as number));
  return Object.freeze({
    linear: contrast(
      'linear',
      line.map((x) => x * range),
      theta,
      v,
      dfOfError,
    ),
    quadratic:
      distinct < 3
        ? null
        : contrast(
            'quadratic',
            bend.map((x) => x * range * range),
            theta,
            v,
            dfOfError,
          ),
    omnibus: omnibus(theta, v, dfOfError),
    arms: Object.freeze(on.map(({ name, level }) => Object.freeze({ name, level }))),
  });
}

/** The contrasts as one list, without those that do not exist. */
export function contrastRows(contrasts: AxisContrasts | null): readonly Contrast[] {
  if (contrasts === null) return [];
  const { linear, quadratic, omnibus } = contrasts;
  return quadratic === null ? [linear, omnibus] : [linear, quadratic, omnibus];
}

function contrast(
  name: 'linear' | 'quadratic',
  c: readonly number[],
  theta: readonly number[],
  v: readonly (readonly number[])[],
  dfOfError: number,
): Contrast {
  const estimate = dot(c, theta);
  const variance = dot(
    c,
    v.map((row) => dot(row, c)),
  );
  const size = dot(
    c.map((x) => x * x),
    v.map((row, i) => Math.abs(row[i] as number)),
  );
  const se = variance > 1e-12 * size ? Math.sqrt(variance) : null;
  const z = se === null ? null : estimate / se;
  return Object.freeze({
    name,
    estimate,
    se,
    z,
    p: z === null ? null : normalTwoSided(z),
    pSmallSample: z === null ? null : studentTwoSided(z, dfOfError),
    df: null,
  });
}

const NEGLIGIBLE = 1e-9;

function omnibus(
  theta: readonly number[],
  v: readonly (readonly number[])[],
  dfOfError: number,
): Contrast {
  const m = theta.length;
  const byRow = v.map(centred);
  const inner = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      inner[i * m + j] = (byRow[i]?.[j] as number) - columnMean(byRow, j);
    }
  }
  const { values, vectors } = symmetricEigen(inner, m);
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const at = centred(theta);
  let statistic = 0;
  let df = 0;
  values.forEach((value, e) => {
    if (!(value > NEGLIGIBLE * largest)) return;
    df++;
    let along = 0;
    for (let i = 0; i < m; i++) along += (vectors[i * m + e] as number) * (at[i] as number);
    statistic += (along * along) / value;
  });
  return Object.freeze({
    name: 'omnibus',
    estimate: statistic,
    se: null,
    z: null,
    p: df === 0 ? null : chiSquareTail(statistic, df),
    pSmallSample: df === 0 ? null : waldTail(statistic, df, dfOfError),
    df,
  });
}

/** The upper tail of Wald's statistic: chi-square's, or Hotelling's T-squared's with few clusters. */
function waldTail(statistic: number, df: number, dfOfError: number): number | null {
  if (dfOfError >= NORMAL_FROM) return chiSquareTail(statistic, df);
  const rest = dfOfError - df + 1;
  if (rest <= 0) return null;
  // P(F >= f) = I_x(rest / 2, df / 2), x = rest / (rest + df f), df f = statistic rest / dfOfError.
  return betaShare(dfOfError / (dfOfError + statistic), rest / 2, df / 2);
}

function columnMean(rows: readonly (readonly number[])[], j: number): number {
  return rows.reduce((sum, row) => sum + (row[j] as number), 0) / rows.length;
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return values.map((x) => x - mean);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);
}
