import { expect, test } from 'vitest';
import { votesOfCounts } from '#tests/factories/votes.ts';
import lizards from '#tests/golden/bt_flatlizards/reference.json' with { type: 'json' };
import { bradleyTerry } from '../models/bradley-terry.ts';
import { fitPairs } from '../models/fit.ts';
import { components } from './components.ts';
import { countPairs } from './pair-counts.ts';

const labels = (rows: (string | number)[][], tiesConnect = true) =>
  components(countPairs(votesOfCounts(rows)), tiesConnect);

test('the contests of flat lizards fall apart as known, and the ridge estimate holds them', () => {
  const votes = votesOfCounts(lizards.counts);
  const counts = countPairs(votes);
  const graph = components(counts, true);
  expect(graph.weakCount).toBe(lizards.weakComponents);
  expect(graph.strongCount).toBe(lizards.strongComponents);
  const fit = fitPairs(counts, bradleyTerry('half'), 1);
  lizards.items.forEach((item, i) => {
    const at = votes.arms.indexOf(item);
    expect(fit.theta[at]).toBeCloseTo(lizards.ridge1.theta[i] as number, 7);
    const variance = fit.inverse[at * counts.size + at] as number;
    expect(Math.sqrt(variance)).toBeCloseTo(lizards.ridge1.posterior_sd_laplace[i] as number, 7);
  });
});

test('a circle of wins is one strong component, a chain is one each', () => {
  const chain = [
    ['a', 'b', 1, 0, 0],
    ['b', 'c', 1, 0, 0],
  ];
  expect(labels(chain)).toMatchObject({ weakCount: 1, strongCount: 3 });
  expect(labels([...chain, ['c', 'a', 1, 0, 0]])).toMatchObject({ weakCount: 1, strongCount: 1 });
});

test('a tie connects both ways only where ties are evidence', () => {
  const rows = [['a', 'b', 0, 0, 1]];
  expect(labels(rows, true)).toMatchObject({ weakCount: 1, strongCount: 1 });
  expect(labels(rows, false)).toMatchObject({ weakCount: 2, strongCount: 2 });
});

test('labels follow the first arm of each component', () => {
  const graph = labels([
    ['a', 'b', 1, 1, 0],
    ['c', 'd', 1, 1, 0],
  ]);
  expect([...graph.weak]).toEqual([0, 0, 1, 1]);
  expect([...graph.strong]).toEqual([0, 0, 1, 1]);
});
