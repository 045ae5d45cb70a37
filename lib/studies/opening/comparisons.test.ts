import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ComparisonRules, comparisonsOf, type PromptRenditions } from './comparisons.ts';

const RULES: ComparisonRules = {
  questionCount: 2,
  seed: 7,
  shares: { gold: 0, same: 0, repeat: 0 },
  gold: [],
  meet: () => true,
};

function prompts(promptCount: number, armCount: number, takes = 1): PromptRenditions[] {
  return Array.from({ length: promptCount }, (_, p) => ({
    promptId: 100 + p,
    promptKey: `p${p}`,
    arms: Array.from({ length: armCount }, (_, a) => ({
      armId: a + 1,
      name: `arm${a}`,
      renditionIds: Array.from({ length: takes }, (_, t) => p * 10_000 + a * 10 + t),
    })),
  }));
}

test('every pair of arms on every prompt comes exactly once, in the order of the arms', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 8 }), (arms, count) => {
      const all = [...comparisonsOf(prompts(count, arms), RULES)];
      expect(all).toHaveLength((arms * (arms - 1) * count) / 2);
      expect(new Set(all.map((c) => `${c.promptId} ${c.armAId} ${c.armBId}`)).size).toBe(
        all.length,
      );
      expect(all.every((c) => c.armAId < c.armBId && c.kind === 'regular')).toBe(true);
      expect(all.every((c) => c.shuffles.length === 2)).toBe(true);
    }),
  );
});

test('arms that do not meet are not compared, not even for a repeat', () => {
  const meet = (a: string, b: string) => a !== 'arm0' && b !== 'arm0';
  const rules = { ...RULES, meet, shares: { gold: 0, same: 0, repeat: 0.1 } };
  const all = [...comparisonsOf(prompts(2, 4), rules)];
  expect(all).toHaveLength(2 * 3 * 2);
  expect(all.every((c) => c.armAId > 1)).toBe(true);
});

test('the paper’s study has 384 comparisons', () => {
  expect([...comparisonsOf(prompts(64, 4), RULES)]).toHaveLength(384);
});

test('the same seed gives the same shuffle, another seed another', () => {
  const keys = (seed: number) =>
    [...comparisonsOf(prompts(5, 4), { ...RULES, seed })].flatMap((c) => c.shuffles);
  expect(keys(1)).toEqual(keys(1));
  expect(keys(1)).not.toEqual(keys(2));
  expect(new Set(keys(1)).size).toBe(keys(1).length);
  expect(keys(1).every((key) => Number.isInteger(key) && key >= 0 && key < 2 ** 31)).toBe(true);
});

test('checks are made only with a share, and have no cells', () => {
  const pair = { prompt: 'p1', better: 'arm2', worse: 'arm0' };
  const gold = [pair, pair];
  expect([...comparisonsOf(prompts(2, 3, 2), { ...RULES, gold })]).toHaveLength(6);
  const all = [
    ...comparisonsOf(prompts(2, 3, 2), {
      ...RULES,
      gold,
      shares: { gold: 0.1, same: 0.1, repeat: 0.1 },
    }),
  ];
  const count = (kind: string) => all.filter((c) => c.kind === kind).length;
  expect([count('regular'), count('gold'), count('same'), count('repeat')]).toEqual([6, 1, 6, 6]);
  expect(all.every((c) => c.kind === 'regular' || c.shuffles.length === 0)).toBe(true);
});

test('gold keeps the order of the arms and says which must win', () => {
  const rules = { ...RULES, shares: { gold: 0.1, same: 0, repeat: 0 } };
  const gold = (better: string, worse: string) =>
    [...comparisonsOf(prompts(1, 3), { ...rules, gold: [{ prompt: 'p0', better, worse }] })].find(
      (c) => c.kind === 'gold',
    );
  expect(gold('arm2', 'arm0')).toMatchObject({ armAId: 1, armBId: 3, expected: 'b' });
  expect(gold('arm0', 'arm2')).toMatchObject({ armAId: 1, armBId: 3, expected: 'a' });
});

test('same compares two takes of one arm, where there are two', () => {
  const rules = { ...RULES, shares: { gold: 0, same: 0.1, repeat: 0 } };
  const kinds = (takes: number) =>
    [...comparisonsOf(prompts(1, 2, takes), rules)].filter((c) => c.kind === 'same');
  expect(kinds(1)).toEqual([]);
  expect(kinds(2)[0]).toMatchObject({ armAId: 1, armBId: 1, renditionAId: 0, renditionBId: 1 });
});
