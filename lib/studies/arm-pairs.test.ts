import { expect, test } from 'vitest';
import { armsMeet, countArmPairs } from './arm-pairs.ts';
import { type Axis, NEW_ARM } from './schema.ts';

const arms = [
  { ...NEW_ARM, name: 'scratch 1k', level: 1000, series: 'scratch' },
  { ...NEW_ARM, name: 'pretrained 1k', level: 1000, series: 'pretrained' },
  { ...NEW_ARM, name: 'merged 1k', level: 1000, series: 'merged' },
  { ...NEW_ARM, name: 'scratch 2k', level: 2000, series: 'scratch' },
  { ...NEW_ARM, name: 'pretrained 2k', level: 2000, series: 'pretrained' },
  { ...NEW_ARM, name: 'unplaced' },
];
const axis = (kind: Axis['kind']): Axis => ({ kind, name: 'Step', unit: '' });

test('on training steps only arms of one step meet', () => {
  const steps = { axis: axis('training-step'), arms };
  const meet = armsMeet(steps);
  expect(meet('scratch 1k', 'merged 1k')).toBe(true);
  expect(meet('scratch 1k', 'scratch 2k')).toBe(false);
  expect(meet('unplaced', 'unplaced')).toBe(false);
  expect(countArmPairs(steps)).toBe(3 + 1);
});

test('on any other axis, and without one, all arms meet', () => {
  for (const other of [axis('ordered'), null]) {
    expect(armsMeet({ axis: other, arms })('scratch 1k', 'unplaced')).toBe(true);
    expect(countArmPairs({ axis: other, arms })).toBe(15);
  }
});
