/** A square matrix, row by row. */
export type Matrix = Float64Array;

/**
 * Cholesky's factor L of a symmetric matrix A = L L', or null where A is not positive definite
 * (relative to its largest diagonal entry, within rounding).
 *
 * @param semidefinite true: a pivot that is zero within rounding gives a zero column instead of
 *   null, which is right for a covariance of centred values.
 */
export function cholesky(a: Matrix, n: number, semidefinite = false): Matrix | null {
  const l = new Float64Array(n * n);
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(a[i * n + i] as number));
  const tiny = scale * n * 1e-13;
  for (let j = 0; j < n; j++) {
    let pivot = a[j * n + j] as number;
    for (let m = 0; m < j; m++) pivot -= (l[j * n + m] as number) ** 2;
    if (!(pivot > tiny)) {
      // A zero on the diagonal of a semidefinite matrix has only zeros beside it.
      const isZero = semidefinite && pivot > -10 * tiny && isZeroBelow(a, l, n, j, 100 * tiny);
      if (isZero) continue;
      return null;
    }
    const root = Math.sqrt(pivot);
    l[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let sum = a[i * n + j] as number;
      for (let m = 0; m < j; m++) sum -= (l[i * n + m] as number) * (l[j * n + m] as number);
      l[i * n + j] = sum / root;
    }
  }
  return l;
}

function isZeroBelow(a: Matrix, l: Matrix, n: number, j: number, within: number): boolean {
  for (let i = j + 1; i < n; i++) {
    let sum = a[i * n + j] as number;
    for (let m = 0; m < j; m++) sum -= (l[i * n + m] as number) * (l[j * n + m] as number);
    if (Math.abs(sum) > within) return false;
  }
  return true;
}

/** Solves A x = b given Cholesky's factor of A. */
export function solveCholesky(l: Matrix, n: number, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    let sum = x[i] as number;
    for (let m = 0; m < i; m++) sum -= (l[i * n + m] as number) * (x[m] as number);
    x[i] = sum / (l[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] as number;
    for (let m = i + 1; m < n; m++) sum -= (l[m * n + i] as number) * (x[m] as number);
    x[i] = sum / (l[i * n + i] as number);
  }
  return x;
}

/** The inverse of a positive definite matrix given its Cholesky factor; exactly symmetric. */
export function invertCholesky(l: Matrix, n: number): Matrix {
  const inverse = new Float64Array(n * n);
  const unit = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    unit.fill(0);
    unit[j] = 1;
    const column = solveCholesky(l, n, unit);
    for (let i = 0; i <= j; i++) {
      inverse[i * n + j] = column[i] as number;
      inverse[j * n + i] = column[i] as number;
    }
  }
  return inverse;
}

/** The product of two n x n matrices. */
export function multiply(a: Matrix, b: Matrix, n: number): Matrix {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let m = 0; m < n; m++) {
      const factor = a[i * n + m] as number;
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) {
        product[i * n + j] = (product[i * n + j] as number) + factor * (b[m * n + j] as number);
      }
    }
  }
  return product;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van
 * Loan, section 8.5). Vector m is the column m of `vectors`.
 */
export function symmetricEigen(
  matrix: Matrix,
  n: number,
): { readonly values: Float64Array; readonly vectors: Matrix } {
  const a = Float64Array.from(matrix);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  const rotate = (m: Matrix, x: number, y: number, c: number, s: number) => {
    const p = m[x] as number;
    const q = m[y] as number;
    m[x] = c * p - s * q;
    m[y] = s * p + c * q;
  };
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let on = 0;
    for (let i = 0; i < n; i++) {
      on += (a[i * n + i] as number) ** 2;
      for (let j = i + 1; j < n; j++) off += (a[i * n + j] as number) ** 2;
    }
    if (off <= 1e-30 * on) break;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = a[p * n + q] as number;
        if (apq === 0) continue;
        const tau = ((a[q * n + q] as number) - (a[p * n + p] as number)) / (2 * apq);
        const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
        const c = 1 / Math.sqrt(1 + t * t);
        const s = t * c;
        for (let m = 0; m < n; m++) rotate(a, m * n + p, m * n + q, c, s);
        for (let m = 0; m < n; m++) rotate(a, p * n + m, q * n + m, c, s);
        for (let m = 0; m < n; m++) rotate(vectors, m * n + p, m * n + q, c, s);
      }
    }
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i] as number), vectors };
}

/**
 * A matrix R with A = R R' for a positive semidefinite A: Cholesky's factor, or where rounding
 * spoils that, eigenvectors times the roots of the eigenvalues.
 */
export function squareRoot(a: Matrix, n: number): Matrix {
  const factor = cholesky(a, n, true);
  if (factor) return factor;
  const { values, vectors } = symmetricEigen(a, n);
  return vectors.map((value, x) => value * Math.sqrt(Math.max(0, values[x % n] as number)));
}

/** The nearest positive semidefinite matrix: negative eigenvalues become zero. */
export function clampEigenvalues(matrix: Matrix, n: number): Matrix {
  if (cholesky(matrix, n, true)) return matrix;
  const { values, vectors } = symmetricEigen(matrix, n);
  const clamped = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      let sum = 0;
      for (let m = 0; m < n; m++) {
        const value = values[m] as number;
        if (value > 0)
          sum += value * (vectors[i * n + m] as number) * (vectors[j * n + m] as number);
      }
      clamped[i * n + j] = sum;
      clamped[j * n + i] = sum;
    }
  }
  return clamped;
}
