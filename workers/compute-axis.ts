import { AppError } from '#lib/core/errors.ts';
import { computeAxisJob } from '#lib/datasets/axes/jobs.ts';
import { type AxisPlatform, runAxis } from '#lib/datasets/axes/run-axis.ts';
import { type Worker, worker } from './runtime.ts';

/** Finds the cuts of axes, one at a time: DuckDB takes all cores by itself. */
export function computeAxisWorker(platform: AxisPlatform): Worker {
  return worker(computeAxisJob, async ({ payload: { axisId }, signal }) => {
    const outcome = await runAxis(platform, axisId, { signal });
    if (outcome === 'held') await expectEnded(platform, axisId);
  });
}

/** @throws AppError CONFLICT while another process is at work, so that the queue looks again */
async function expectEnded({ database }: Pick<AxisPlatform, 'database'>, id: number) {
  const row = await database.datasetAxis.findUnique({ where: { id }, select: { state: true } });
  if (row?.state === 'running')
    throw new AppError('CONFLICT', 'Another process is at work on this axis.');
}
