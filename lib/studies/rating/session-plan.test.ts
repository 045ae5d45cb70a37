import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planSession, REPEAT_GAP } from './session-plan.ts';

test('without shares all pairs are regular', () => {
  expect(planSession('s', 5, { gold: 0, same: 0, repeat: 0 })).toEqual(Array(5).fill('regular'));
});

test('shares hold in each session up to a pair, and repeats come late enough', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.integer({ min: 1, max: 200 }),
      fc.record({
        gold: fc.double({ min: 0, max: 0.2, noNaN: true }),
        same: fc.double({ min: 0, max: 0.2, noNaN: true }),
        repeat: fc.double({ min: 0, max: 0.1, noNaN: true }),
      }),
      (seed, pairs, shares) => {
        const plan = planSession(seed, pairs, shares);
        expect(plan).toHaveLength(pairs);
        expect(planSession(seed, pairs, shares)).toEqual(plan);
        for (const kind of ['gold', 'same'] as const) {
          const count = plan.filter((each) => each === kind).length;
          expect(Math.abs(count - pairs * shares[kind])).toBeLessThan(1);
        }
        expect(plan.slice(0, REPEAT_GAP)).not.toContain('repeat');
      },
    ),
  );
});

test('a share of less than a pair holds on average, at changing places', () => {
  const plans = Array.from({ length: 2000 }, (_, index) =>
    planSession(`session ${index}`, 10, { gold: 0.05, same: 0, repeat: 0 }),
  );
  const golds = plans.flatMap((plan) => plan.flatMap((kind, at) => (kind === 'gold' ? [at] : [])));
  expect(golds.length).toBeGreaterThan(900);
  expect(golds.length).toBeLessThan(1100);
  for (let at = 0; at < 10; at++)
    expect(golds.filter((place) => place === at).length).toBeGreaterThan(60);
});
