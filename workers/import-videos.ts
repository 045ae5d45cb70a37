import { AppError } from '#lib/core/errors.ts';
import { importVideosJob } from '#lib/generation/jobs.ts';
import { runImport } from '#lib/generation/run-import.ts';
import type { RunPlatform } from '#lib/generation/run-platform.ts';
import { type Worker, worker } from './runtime.ts';

/** Brings videos in, one import at a time and several files of it at once. */
export function importVideosWorker(platform: RunPlatform): Worker {
  return worker(importVideosJob, async ({ payload, signal }) => {
    const outcome = await runImport(platform, payload.importId, { signal });
    if (outcome === 'busy')
      throw new AppError('CONFLICT', 'Another process is at work on this import.');
  });
}
