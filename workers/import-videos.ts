import { availableParallelism } from 'node:os';
import { AppError } from '#lib/core/errors.ts';
import { importVideosJob } from '#lib/generation/jobs.ts';
import { runImport } from '#lib/generation/run-import.ts';
import type { RunPlatform } from '#lib/generation/run-platform.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { renewDrafts } from '#lib/studies/renditions/renew-drafts.ts';
import { type Worker, worker } from './runtime.ts';

const MOST_AT_ONCE = 4;

/** Brings videos in, one import at a time and several files of it at once. */
export function importVideosWorker(platform: RunPlatform & Pick<Platform, 'queue'>): Worker {
  const concurrency = Math.min(availableParallelism(), MOST_AT_ONCE);
  return worker(importVideosJob, async ({ payload, signal }) => {
    const outcome = await runImport(platform, payload.importId, { signal, concurrency });
    if (outcome === 'busy')
      throw new AppError('CONFLICT', 'Another process is at work on this import.');
    await renewDrafts(platform, payload.importId);
  });
}
