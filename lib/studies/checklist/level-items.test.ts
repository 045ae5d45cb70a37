import { expect, test } from 'vitest';
import { type Axis, type StudySpecInput, studySpecSchema } from '../schema.ts';
import { levelItems } from './level-items.ts';

function itemsOf(kind: Axis['kind'] | null, arms: StudySpecInput['arms']) {
  const spec = studySpecSchema.parse({
    ...{ slug: 's', title: 'S', import: 'runs', arms },
    axis: kind && { kind, name: 'Motion' },
    prompts: [{ key: 'p', text: 'A cat' }],
  });
  return levelItems(spec).map(({ code, severity, names }) => [code, severity, ...names]);
}
const ALL = { name: 'all', level: 0, clips: 1000 };
const DROP = { name: 'drop', level: 0.25, clips: 750 };

test('a control with as many clips as the arm at its level, and a replica, need nothing more', () => {
  const arms = [
    ALL,
    DROP,
    { name: 'random', level: 0.25, clips: 750, isControl: true },
    { name: 'again', replicaOf: 'all' },
  ];
  expect(itemsOf('removed-fraction', arms)).toEqual([]);
  expect(itemsOf(null, [ALL, { name: 'b' }])).toEqual([]);
});

test('a control without its level, its clips or its counterpart is told', () => {
  const control = { name: 'random', isControl: true };
  expect(itemsOf('removed-fraction', [ALL, DROP, control])).toEqual([
    ['level-missing', 'blocker', 'random'],
  ]);
  expect(itemsOf('removed-fraction', [ALL, DROP, { ...control, level: 0.5 }])).toEqual([
    ['control-alone', 'advice', 'random'],
  ]);
  for (const clips of [500, null])
    expect(itemsOf('removed-fraction', [ALL, DROP, { ...control, level: 0.25, clips }])).toEqual([
      ['control-clips', 'advice', 'random'],
    ]);
});

test('training steps need a series and company at each step', () => {
  const arms = [
    { name: 'a1', level: 1, series: 'a' },
    { name: 'b1', level: 1, series: 'b' },
    { name: 'b1 too', level: 1, series: 'b' },
    { name: 'c1', level: 1 },
    { name: 'a2', level: 2, series: 'a' },
    { name: 'again', replicaOf: 'a1' },
  ];
  expect(itemsOf('training-step', arms)).toEqual([
    ['level-missing', 'blocker', 'again'],
    ['series-missing', 'blocker', 'c1'],
    ['step-alone', 'blocker', 'a2'],
    ['level-repeated', 'advice', 'b1 and b1 too'],
  ]);
});
