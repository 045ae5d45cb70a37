import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulatedVotes } from '#tests/factories/votes.ts';
import { chiSquareTail } from '../numeric/chi-square.ts';
import { normalTwoSided } from '../numeric/normal-cdf.ts';
import { rankVotes } from '../ranking/rank.ts';
import type { Strengths } from '../ranking/ranking.ts';
import { axisContrasts, contrastRows } from './contrasts.ts';

/** Arms a, b, c, ... with independent errors of variance 0.01. */
function independent(theta: readonly number[], df: number | null = null): Strengths {
  return {
    arms: theta.map((value, i) => ({ name: 'abcdefgh'[i] as string, theta: value })),
    vcov: theta.map((_, i) => theta.map((_other, j) => (i === j ? 0.01 : 0))),
    degreesOfFreedom: df,
  };
}
const levels = (values: readonly number[]) =>
  new Map(values.map((level, i) => ['abcdefgh'[i] as string, level]));

test('four equal steps: the tabled orthogonal polynomials', () => {
  const theta = [0.1, 0.5, 0.4, -0.2];
  const found = axisContrasts(independent(theta), levels([0, 1, 2, 3]));
  // (-3, -1, 1, 3) / 2 and (1, -1, -1, 1) (Fisher and Yates).
  const linear = (3 * (-0.2 - 0.1) + (0.4 - 0.5)) / 2;
  expect(found?.linear.estimate).toBeCloseTo(linear, 12);
  expect(found?.linear.se).toBeCloseTo(Math.sqrt(0.01 * 5), 12);
  expect(found?.linear.p).toBeCloseTo(normalTwoSided(linear / Math.sqrt(0.05)), 12);
  expect(found?.quadratic?.estimate).toBeCloseTo(0.1 - 0.5 - 0.4 - 0.2, 12);
  expect(found?.quadratic?.se).toBeCloseTo(0.2, 12);
  const mean = 0.2;
  const squares = theta.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 0.01;
  expect(found?.omnibus).toMatchObject({ df: 3, se: null, z: null });
  expect(found?.omnibus.estimate).toBeCloseTo(squares, 9);
  expect(found?.omnibus.p).toBeCloseTo(chiSquareTail(squares, 3), 12);
  expect(contrastRows(found).map(({ name }) => name)).toEqual(['linear', 'quadratic', 'omnibus']);
});

test('an error from few clusters: Student and Hotelling in the place of normal and chi-square', () => {
  const found = axisContrasts(independent([0.2, -0.2, 0, 0], 39), levels([0, 1, 2, 3]));
  expect(found?.omnibus.estimate).toBeCloseTo(8, 9);
  // scipy 1.17: f.sf(8 * 37 / 117, 3, 37) and 2 t.sf(0.2 / sqrt(0.05), 39).
  expect(found?.omnibus.pSmallSample).toBeCloseTo(0.0720736806371321, 9);
  expect(found?.omnibus.p).toBeCloseTo(chiSquareTail(8, 3), 12);
  expect(found?.linear.pSmallSample).toBeCloseTo(0.37658026757911073, 9);
  const fewer = axisContrasts(independent([0.2, -0.2, 0, 0], 2), levels([0, 1, 2, 3]));
  expect(fewer?.omnibus.pSmallSample).toBeNull();
});

test('strengths that are a line or a parabola give nothing to the other contrast', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 8 }),
      fc.integer({ min: -5, max: 5 }),
      (percents, slope) => {
        const at = percents.map((x) => x / 100);
        const line = axisContrasts(independent(at.map((x) => slope * x)), levels(at));
        expect(line?.quadratic?.estimate).toBeCloseTo(0, 10);
        const mean = at.reduce((sum, x) => sum + x, 0) / at.length;
        const spread = at.reduce((sum, x) => sum + (x - mean) ** 2, 0);
        expect(line?.linear.estimate).toBeCloseTo(slope * spread, 10);
      },
    ),
  );
});

test('the omnibus statistic does not depend on how differences are taken', () => {
  const votes = simulatedVotes({ arms: 4, votes: 2000, seed: 3, effects: 0.4 });
  const ranking = rankVotes(votes);
  const names = ranking.arms.map(({ name }) => name).sort();
  const omnibus = (at: number[]) =>
    axisContrasts(ranking, new Map(names.map((name, i) => [name, at[i] as number])))?.omnibus;
  expect(omnibus([0, 1, 2, 3])?.estimate).toBeCloseTo(omnibus([7, 0, 3, 3])?.estimate as number, 8);
  // Three differences to the first arm, by Cramer's rule.
  const index = names.map((name) => ranking.arms.findIndex((arm) => arm.name === name));
  const v = (i: number, j: number) =>
    ranking.vcov?.[index[i] as number]?.[index[j] as number] as number;
  const c = (i: number, j: number) => v(i, j) - v(i, 0) - v(0, j) + v(0, 0);
  const d = [1, 2, 3].map(
    (i) =>
      (ranking.arms[index[i] as number]?.theta as number) -
      (ranking.arms[index[0] as number]?.theta as number),
  );
  const m = [1, 2, 3].map((i) => [1, 2, 3].map((j) => c(i, j)));
  const det = (a: number[][]) => {
    const [[a1, a2, a3], [b1, b2, b3], [c1, c2, c3]] = a as [number[], number[], number[]];
    const n = (x: number | undefined) => x as number;
    return (
      n(a1) * (n(b2) * n(c3) - n(b3) * n(c2)) -
      n(a2) * (n(b1) * n(c3) - n(b3) * n(c1)) +
      n(a3) * (n(b1) * n(c2) - n(b2) * n(c1))
    );
  };
  const solved = [0, 1, 2].map(
    (column) =>
      det(m.map((row, i) => row.map((x, j) => (j === column ? (d[i] as number) : x)))) / det(m),
  );
  const wald = solved.reduce((sum, x, i) => sum + x * (d[i] as number), 0);
  expect(omnibus([0, 1, 2, 3])?.estimate).toBeCloseTo(wald, 6);
  expect(omnibus([0, 1, 2, 3])?.df).toBe(3);
});

test('arms without a level are not on the axis; several may share a level', () => {
  const all = independent([0.1, 0.5, 0.4, -0.2, 9]);
  const four = independent([0.1, 0.5, 0.4, -0.2]);
  const at = levels([0, 0.1, 0.1, 0.3]);
  expect(axisContrasts(all, at)).toEqual(axisContrasts(four, at));
  expect(axisContrasts(all, at)?.omnibus.df).toBe(3);
});

test('what does not exist is null', () => {
  const two = axisContrasts(independent([0.1, 0.2]), levels([0, 1]));
  expect(two?.quadratic).toBeNull();
  expect(contrastRows(two)).toHaveLength(2);
  expect(axisContrasts(independent([0.1, 0.2]), levels([1, 1]))).toBeNull();
  expect(axisContrasts(independent([0.1]), levels([1]))).toBeNull();
  expect(axisContrasts(independent([0.1, 0.2]), new Map())).toBeNull();
  expect(axisContrasts({ ...independent([0.1, 0.2]), vcov: null }, levels([0, 1]))).toBeNull();
  const apart = {
    ...independent([0.1, 0.2]),
    arms: [
      { name: 'a', theta: 0.1, component: 0 },
      { name: 'b', theta: 0.2, component: 1 },
    ],
  };
  expect(axisContrasts(apart, levels([0, 1]))).toBeNull();
  const certain = { ...independent([0.1, 0.2, 0.5]), vcov: [0, 1, 2].map(() => [0, 0, 0]) };
  expect(axisContrasts(certain, levels([0, 1, 2]))?.linear).toMatchObject({ se: null, p: null });
  expect(axisContrasts(certain, levels([0, 1, 2]))?.omnibus).toMatchObject({ df: 0, p: null });
});
