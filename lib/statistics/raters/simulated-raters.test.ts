import { expect, test } from 'vitest';
import {
  type CarelessStudy,
  flagSimulatedRaters,
  meetsGoal,
} from '#tests/factories/careless-studies.ts';

// The short form of `npm run drill -- V5 V6`.
const study: CarelessStudy = {
  ...{ arms: 4, spanElo: 600, nu: 0.5, votesPerRater: 30, spread: 0.3 },
  careless: { random: 0.1, leftOnly: 0.05, rightOnly: 0.05 },
};

test('V5: at 30 votes careless raters are flagged and honest ones are not', () => {
  const found = [...flagSimulatedRaters(study, 12, 1)];
  expect(found.length).toBe(4);
  for (const [behaviour, share] of found) {
    expect(meetsGoal(behaviour, share), `${behaviour} ${JSON.stringify(share)}`).toBe(true);
  }
});

test('V6: at 60 votes promoters are flagged', () => {
  const promoter = { share: 0.1, arm: 2 };
  const plan = { ...study, spanElo: 300, votesPerRater: 60, careless: { promoter } };
  const found = [...flagSimulatedRaters(plan, 6, 1)];
  expect(found.length).toBe(2);
  for (const [behaviour, share] of found) {
    expect(meetsGoal(behaviour, share), `${behaviour} ${JSON.stringify(share)}`).toBe(true);
  }
});

test('equal arms: honest raters are not flagged', () => {
  const share = flagSimulatedRaters({ ...study, spanElo: 0, careless: {} }, 5, 2).get('honest');
  expect((share?.flagged ?? 0) / (share?.raters ?? 1)).toBeLessThanOrEqual(0.05);
});
