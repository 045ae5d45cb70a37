import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cholesky,
  clampEigenvalues,
  invertCholesky,
  multiply,
  squareRoot,
  symmetricEigen,
} from './matrix.ts';

const N = 4;
const entries = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
  minLength: N * N,
  maxLength: N * N,
});
const at = (m: Float64Array, i: number, j: number) => m[i * N + j] as number;
const transpose = (m: Float64Array) =>
  Float64Array.from({ length: N * N }, (_, x) => at(m, x % N, Math.floor(x / N)));

test('the inverse of a positive definite matrix undoes it', () => {
  fc.assert(
    fc.property(entries, (values) => {
      const root = Float64Array.from(values);
      const a = multiply(root, transpose(root), N);
      for (let i = 0; i < N; i++) a[i * N + i] = at(a, i, i) + 1;
      const factor = cholesky(a, N);
      expect(factor).not.toBeNull();
      const unit = multiply(a, invertCholesky(factor as Float64Array, N), N);
      unit.forEach((value, x) => {
        expect(value).toBeCloseTo(x % (N + 1) === 0 ? 1 : 0, 8);
      });
    }),
  );
});

test('eigenvectors put a symmetric matrix together again, and clamping leaves no negative value', () => {
  fc.assert(
    fc.property(entries, (values) => {
      const half = Float64Array.from(values);
      const a = half.map((value, x) => (value + (transpose(half)[x] as number)) / 2);
      const eigen = symmetricEigen(a, N);
      const scaled = eigen.vectors.map((value, x) => value * (eigen.values[x % N] as number));
      multiply(scaled, transpose(eigen.vectors), N).forEach((value, x) => {
        expect(value).toBeCloseTo(a[x] as number, 9);
      });
      const positive = clampEigenvalues(a, N);
      expect(Math.min(...symmetricEigen(positive, N).values)).toBeGreaterThan(-1e-8);
      const root = squareRoot(positive, N);
      multiply(root, transpose(root), N).forEach((value, x) => {
        expect(value).toBeCloseTo(positive[x] as number, 7);
      });
    }),
  );
});

test('knows what is not positive definite', () => {
  const indefinite = Float64Array.of(1, 2, 2, 1);
  expect(cholesky(indefinite, 2)).toBeNull();
  expect(cholesky(indefinite, 2, true)).toBeNull();
  const singular = Float64Array.of(1, -1, -1, 1);
  expect(cholesky(singular, 2)).toBeNull();
  expect(cholesky(singular, 2, true)).toEqual(Float64Array.of(1, 0, -1, 0));
});
