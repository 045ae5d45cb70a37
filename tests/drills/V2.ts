import { type Drill, runTest } from './drill.ts';

export const drill: Drill = () =>
  runTest('integration', 'tests/integration/rating/lost-answers.test.ts', { V2_RETRIES: '500' });
