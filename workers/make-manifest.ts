import { AppError } from '#lib/core/errors.ts';
import { makeManifestJob } from '#lib/datasets/manifests/jobs.ts';
import { type ManifestPlatform, runManifest } from '#lib/datasets/manifests/run-manifest.ts';
import { type Worker, worker } from './runtime.ts';

/** Writes manifests, one at a time: DuckDB takes all cores by itself. */
export function makeManifestWorker(platform: ManifestPlatform): Worker {
  return worker(makeManifestJob, async ({ payload: { manifestId }, signal }) => {
    const outcome = await runManifest(platform, manifestId, { signal });
    if (outcome === 'held') await expectEnded(platform, manifestId);
  });
}

/** @throws AppError CONFLICT while another process is at work, so that the queue looks again */
async function expectEnded({ database }: Pick<ManifestPlatform, 'database'>, id: number) {
  const row = await database.manifest.findUnique({ where: { id }, select: { state: true } });
  if (row?.state === 'running')
    throw new AppError('CONFLICT', 'Another process is at work on this manifest.');
}
