import { expect, test } from 'vitest';
import { comparableAnalysis } from './comparable-analysis.ts';

const part = {
  ...{ question: 0, wording: 'Better?', votes: 3, promptCount: 0, prompts: [], tags: [] },
  ...{ leaveOneRaterOut: null, leaveOnePromptOut: null, agreement: null, noiseFloor: null },
  ...{ steps: [], headToHead: null },
  metrics: [
    {
      ...{ metric: 'clip', votes: 3, ties: 0, decided: 3, spearman: null, kendall: null },
      ...{ agreement: { share: 1, low: 0.4, high: 1 }, arms: [], calibration: [], misleads: [] },
    },
  ],
};

test('metrics count only where the scores are the same', () => {
  const then = { scores: 'x', parts: [part] };
  expect(comparableAnalysis(then, then)).toEqual(then);
  expect(comparableAnalysis(then, { ...then, scores: 'y' })).toEqual({
    parts: [{ ...part, metrics: [] }],
  });
  expect(comparableAnalysis(null, then)).toBeNull();
  expect(comparableAnalysis(then, null)).toBeNull();
});
