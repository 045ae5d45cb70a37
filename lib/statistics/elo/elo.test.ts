import fc from 'fast-check';
import { expect, test } from 'vitest';
import { votesOfRows } from '#tests/factories/votes.ts';
import food from '#tests/golden/evalica_food/reference.json' with { type: 'json' };
import { eloOfTheta } from '../ranking/elo-scale.ts';
import { eloPass } from './elo.ts';

test('one pass gives the published ratings of the food set', () => {
  const votes = votesOfRows(food.votes);
  for (const { k, init, ratings } of food.elo) {
    const passed = eloPass(votes, { k, init });
    food.items.forEach((item, i) => {
      expect(passed[votes.arms.indexOf(item)]).toBeCloseTo(ratings[i] as number, 9);
    });
  }
});

test('three votes with K = 30 give the ratings that evalica prints', () => {
  const votes = votesOfRows([
    ['pizza', 'burger', 'left'],
    ['burger', 'sushi', 'right'],
    ['pizza', 'sushi', 'tie'],
  ]);
  const ratings = eloPass(votes, { k: 30, init: 1000 });
  [1014.972058, 970.6472, 1014.380742].forEach((rating, i) => {
    expect(ratings[i]).toBeCloseTo(rating, 6);
  });
});

test('what one arm gains the other loses', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const vote = fc
    .tuple(name, name, fc.constantFrom('left', 'right', 'tie'))
    .filter(([left, right]) => left !== right);
  fc.assert(
    fc.property(fc.array(vote), fc.double({ min: 0.01, max: 64, noNaN: true }), (rows, k) => {
      const ratings = eloPass(votesOfRows(rows), { k, init: 1000 });
      const sum = ratings.reduce((total, rating) => total + rating - 1000, 0);
      expect(Math.abs(sum)).toBeLessThan(1e-9);
    }),
  );
});

test('400 points stand for ten to one', () => {
  expect(eloOfTheta(Math.log(10))).toBeCloseTo(1400, 10);
});
