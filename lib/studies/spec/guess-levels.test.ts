import { expect, test } from 'vitest';
import { guessLevels } from './guess-levels.ts';

test.each([
  [['crf-18', 'crf-32', 'crf-40'], 'ordered', 'CRF', '', [18, 32, 40]],
  [
    ['removed-0', 'removed-12.5', 'removed-25', 'removed-50'],
    'removed-fraction',
    'Score',
    '',
    [0, 0.125, 0.25, 0.5],
  ],
  [
    ['baseline', 'motion_removed_25', 'motion_removed_50'],
    'removed-fraction',
    'Motion',
    '',
    [0, 0.25, 0.5],
  ],
  [['0', '12.5', '25', '50'], 'removed-fraction', 'Score', '', [0, 0.125, 0.25, 0.5]],
  [['12.5%', '25%', '50%', 'full'], 'removed-fraction', 'Score', '', [0.125, 0.25, 0.5, 0]],
  [['step-10k', 'step-50k'], 'ordered', 'Training step', '', [10000, 50000]],
  [['8fps', '12fps', '24fps'], 'ordered', 'Frame rate', 'frames/s', [8, 12, 24]],
  [['noise 0.1', 'noise 0.2'], 'ordered', 'Noise', '', [0.1, 0.2]],
  [['model-v2-5', 'model-v2-7'], 'ordered', 'Model v2', '', [5, 7]],
])('levels are guessed from %j', (names, kind, name, unit, levels) => {
  expect(guessLevels(names)).toEqual({ axis: { kind, name, unit }, levels });
});

test.each([
  [['sora', 'kling']],
  [['crf-18', 'qp-20']],
  [['crf-18', 'baseline']],
  [['crf-18']],
  [['a-1', 'b-1']],
  [['crf-18', 'CRF 18', 'crf-018']],
  [['removed-150', 'removed-20']],
  [[]],
])('no level is guessed from %j', (names) => {
  expect(guessLevels(names)).toBeNull();
});
