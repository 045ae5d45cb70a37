import { type Drill, runTest } from './drill.ts';

export const drill: Drill = () =>
  runTest('e2e', 'tests/e2e/stop-while-voting.spec.ts', { R5_STOPS: '10' });
