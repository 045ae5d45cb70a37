import { leaseLost, type WorkLease } from '#lib/platform/database/work-lease.ts';
import { decodeVideo, type VideoVerdict } from './decode-video.ts';
import type { RunPlatform } from './run-platform.ts';
import type { FileSet } from './sources/file-set.ts';

const BATCH = 50;

export interface DecodeOptions {
  files: FileSet;
  signal: AbortSignal;
  concurrency: number;
}

/**
 * Decodes every file of an import that waits for it, a few at a time, and writes down what was found.
 * At most one batch of rows is held in memory.
 */
export async function decodeVideos(
  platform: RunPlatform,
  lease: WorkLease,
  { files, signal, concurrency }: DecodeOptions,
): Promise<void> {
  for (let after = 0; ; ) {
    const batch = await platform.database.video.findMany({
      where: { importId: lease.id, state: 'waiting', id: { gt: after } },
      select: { id: true, path: true },
      orderBy: { id: 'asc' },
      take: BATCH,
    });
    const last = batch.at(-1);
    if (!last) return;
    after = last.id;
    // The lanes share one iterator: each takes the next file as soon as it is free.
    const queue = batch.values();
    const stop = new AbortController();
    const lane = async () => {
      for (const { id, path } of queue) {
        const either = AbortSignal.any([signal, stop.signal]);
        either.throwIfAborted();
        await writeVerdict(platform, lease, id, await decodeVideo(platform, files, path, either));
      }
    };
    const lanes = await Promise.allSettled(
      Array.from({ length: concurrency }, () =>
        lane().catch((error: unknown) => {
          stop.abort(error);
          throw error;
        }),
      ),
    );
    const failed = lanes.find((result) => result.status === 'rejected');
    signal.throwIfAborted();
    if (failed) throw stop.signal.reason;
  }
}

/** Writes what was found, unless another process has taken the import over meanwhile. */
async function writeVerdict(
  { database }: RunPlatform,
  lease: WorkLease,
  id: number,
  verdict: VideoVerdict,
): Promise<void> {
  const held = await database.video.updateMany({
    where: {
      id,
      state: 'waiting',
      import: { id: lease.id, attempt: lease.attempt, state: 'running' },
    },
    data: verdict,
  });
  if (held.count === 0) throw leaseLost();
}
