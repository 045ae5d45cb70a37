import { type Drill, runTest } from './drill.ts';

export const drill: Drill = () =>
  runTest('integration', 'tests/integration/curation/resume.test.ts', {
    C2_KILLS: '20',
    C2_CLIPS: '500',
    C2_SHARD: '16',
  });
