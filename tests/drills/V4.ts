import { type Drill, runTest } from './drill.ts';

export const drill: Drill = () =>
  runTest('integration', 'tests/integration/rating/sides.test.ts', { V4_ASSIGNMENTS: '10000' });
