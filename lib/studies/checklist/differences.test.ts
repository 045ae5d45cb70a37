import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArmFacts, findDifferences, type VideoFacts } from './differences.ts';

const video = (over: Partial<VideoFacts> = {}): VideoFacts => ({
  prompt: 'p1',
  width: 576,
  height: 320,
  fps: 24,
  durationSeconds: 2,
  seed: 0,
  ...over,
});
const arm = (over: Partial<ArmFacts> & { name: string }): ArmFacts => ({
  level: null,
  hyperparameters: {},
  importSlug: 'clips',
  videos: [video()],
  ...over,
});
const ORDERED = { kind: 'ordered' as const, name: 'CRF', unit: '' };
const REMOVED = { kind: 'removed-fraction' as const, name: 'Motion', unit: '' };
const trained = { base: 'sd21', recipe: 'r1', sampler: 'ddim-50', steps: 40000 };

test('arms that differ in their level alone have no difference', () => {
  const arms = [0, 0.25].map((level) =>
    arm({ name: `a${level}`, level, hyperparameters: { ...trained } }),
  );
  expect(findDifferences(arms, REMOVED)).toEqual([]);
});

test('each differing hyperparameter is one difference that names values and arms', () => {
  const arms = [
    arm({ name: 'a', hyperparameters: { steps: 10, base: 'x' } }),
    arm({ name: 'b', hyperparameters: { steps: 20, base: 'x' } }),
    arm({ name: 'c', hyperparameters: { steps: 10, base: 'x' } }),
  ];
  expect(findDifferences(arms, ORDERED)).toEqual([
    {
      field: 'hyperparameters.steps',
      values: [
        { value: '10', arms: ['a', 'c'] },
        { value: '20', arms: ['b'] },
      ],
    },
  ]);
});

test.each([[{}], [{ steps: null }], [{ steps: '' }]])(
  'a value that is unknown in one arm is a difference: %j',
  (hyperparameters) => {
    const arms = [
      arm({ name: 'a', hyperparameters: { steps: 10 } }),
      arm({ name: 'b', hyperparameters }),
    ];
    expect(findDifferences(arms, ORDERED)).toEqual([
      {
        field: 'hyperparameters.steps',
        values: [
          { value: '10', arms: ['a'] },
          { value: null, arms: ['b'] },
        ],
      },
    ]);
  },
);

test('on a filter axis, training facts that no arm states are differences; on other axes not', () => {
  const arms = [arm({ name: 'a', level: 0 }), arm({ name: 'b', level: 0.5 })];
  expect(findDifferences(arms, REMOVED).map((difference) => difference.field)).toEqual([
    'hyperparameters.base',
    'hyperparameters.recipe',
    'hyperparameters.sampler',
    'hyperparameters.steps',
  ]);
  expect(findDifferences(arms, ORDERED)).toEqual([]);
});

test('a hyperparameter that is the level itself is no difference, one that contradicts it is', () => {
  const at = (level: number, crf: number) =>
    arm({ name: `crf-${level}`, level, hyperparameters: { crf } });
  expect(findDifferences([at(18, 18), at(40, 40)], ORDERED)).toEqual([]);
  expect(findDifferences([at(18, 18), at(40, 41)], ORDERED)).toHaveLength(1);
});

test('other imports and other originals are differences', () => {
  const arms = [
    arm({ name: 'a' }),
    arm({
      name: 'b',
      importSlug: 'other',
      videos: [video({ width: 512, height: 512, fps: 30, durationSeconds: 3, seed: 7 })],
    }),
  ];
  expect(findDifferences(arms, null).map((difference) => difference.field)).toEqual([
    'source.import',
    'video.resolution',
    'video.fps',
    'video.duration',
    'video.seeds',
  ]);
});

test('how containers round is no difference', () => {
  const arms = [
    arm({ name: 'a', videos: [video({ fps: 23.976, durationSeconds: 2 })] }),
    arm({ name: 'b', videos: [video({ fps: 24, durationSeconds: 2.03 })] }),
  ];
  expect(findDifferences(arms, ORDERED)).toEqual([]);
});

test('prompts may differ in size as long as the arms agree within each', () => {
  const videos = [video(), video({ prompt: 'p2', width: 320, height: 576, seed: 3 })];
  expect(
    findDifferences(
      [arm({ name: 'a', videos }), arm({ name: 'b', videos: videos.toReversed() })],
      ORDERED,
    ),
  ).toEqual([]);
});

test('every arm is in exactly one group of each difference, whatever the arms', () => {
  const value = fc.option(fc.oneof(fc.integer(), fc.boolean(), fc.string({ maxLength: 3 })));
  const facts = fc.dictionary(fc.constantFrom('steps', 'base', 'x', 'constructor'), value);
  fc.assert(
    fc.property(fc.array(facts, { minLength: 2, maxLength: 6 }), (list) => {
      const arms = list.map((hyperparameters, i) => arm({ name: `a${i}`, hyperparameters }));
      const found = findDifferences(arms, ORDERED);
      for (const difference of found)
        expect(difference.values.flatMap((entry) => entry.arms).sort()).toEqual(
          arms.map((one) => one.name).sort(),
        );
      const same = findDifferences(
        arms.map((one) => ({ ...one, hyperparameters: list[0] ?? {} })),
        ORDERED,
      );
      expect(same.every((d) => d.values.length === 1 && d.values[0]?.value === null)).toBe(true);
    }),
  );
});
