import { expect, test } from 'vitest';
import { findOutdated } from './outdated.ts';
import type { Advice } from './schema.ts';

/** Advice that recommends an arm (or none) and shows some to be worse than the best. */
function advice(recommendation: string | null, worse: readonly string[] = []): Advice {
  return {
    verdict: recommendation === null ? 'not-resolved' : 'resolved',
    recommendation,
    leading: recommendation,
    reference: 'none',
    reason: {
      code: recommendation === null ? 'open' : 'separated',
      ...{ arm: recommendation, against: null, difference: null, low: null, high: null },
    },
    moreVotes: null,
    perArm: ['none', 'quarter', 'half'].map((name, place) => ({
      ...{ name, level: place / 4, pBest: null, difference: null, low: null, high: null },
      isWithinMargin: name === recommendation,
      isDistinguishable: worse.includes(name),
    })),
  };
}

test.each([
  ['the same advice', 'quarter', advice('quarter'), advice('quarter'), 0],
  ['another recommendation', 'quarter', advice('quarter'), advice('half'), 1],
  ['advice that now agrees with the choice', 'half', advice('quarter'), advice('half'), 0],
  ['an open question that is answered otherwise', 'quarter', advice(null), advice('half'), 1],
  ['an open question that is answered as chosen', 'quarter', advice(null), advice('quarter'), 0],
  ['an axis left open that is resolved', null, advice(null), advice('half'), 1],
  ['a recommendation that is open again', 'quarter', advice('quarter'), advice(null), 1],
  ['a choice against the advice, still against it', 'none', advice('half'), advice('half'), 0],
  ['the chosen arm shown to be worse', 'none', advice(null), advice(null, ['none']), 1],
  ['both at once', 'none', advice('none'), advice('half', ['none']), 2],
  ['known to be worse before', 'none', advice('half', ['none']), advice('half', ['none']), 0],
])('%s', (_, arm, then, now, count) => {
  const { isOutdated, reasons } = findOutdated({ arm, advice: then }, now);
  expect(reasons).toHaveLength(count);
  expect(isOutdated).toBe(count > 0);
});

test('without newer advice nothing is outdated', () => {
  expect(findOutdated({ arm: 'none', advice: advice('none') }, null).isOutdated).toBe(false);
});
