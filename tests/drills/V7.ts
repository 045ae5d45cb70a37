import { type Drill, runTest } from './drill.ts';

export const drill: Drill = () =>
  runTest('integration', 'tests/integration/studies/rater-quality.test.ts', { V7_RATERS: '40' });
