import { availableParallelism } from 'node:os';
import { sweepStaleFiles } from '#lib/platform/blobs/stage-file.ts';
import { runWork } from '#lib/platform/database/run-work.ts';
import type { WorkLease } from '#lib/platform/database/work-lease.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { decodeVideos } from './decode-videos.ts';
import { listSource } from './list-source.ts';
import type { RunPlatform } from './run-platform.ts';
import { storedSourceSchema } from './schema.ts';
import { openSource, stagingDir } from './sources/open-file-set.ts';

export interface RunOptions {
  signal: AbortSignal;
  /** Videos decoded at a time; by default as many as the machine has cores, at most four. */
  concurrency?: number;
}

/** `busy`: another process is at work on it. `gone`: there is no such import any more. */
export type RunOutcome = 'done' | 'failed' | 'busy' | 'gone';

const MOST_AT_ONCE = 4;
const IMPORTS = { name: 'video_import', stateType: 'ImportState' };

function defaultConcurrency(): number {
  return Math.min(availableParallelism(), MOST_AT_ONCE);
}

/**
 * Reads an import that waits: lists its source, then decodes every file and keeps what is sound. Can
 * be stopped at any time and goes on where it was; of several processes that try, one works.
 *
 * @throws whatever ended it early, after which the import waits to be run again
 */
export async function runImport(
  platform: RunPlatform,
  importId: number,
  options: RunOptions,
): Promise<RunOutcome> {
  const outcome = await runWork(
    platform,
    { table: IMPORTS, id: importId, signal: options.signal },
    (lease, signal) => readFiles(platform, lease, { ...options, signal }),
  );
  return outcome === 'held' ? outcomeElsewhere(platform, importId) : outcome;
}

async function readFiles(
  platform: RunPlatform,
  lease: WorkLease,
  { signal, concurrency = defaultConcurrency() }: RunOptions,
): Promise<void> {
  const row = await platform.database.videoImport.findUniqueOrThrow({
    where: { id: lease.id },
    include: { project: { select: { slug: true } } },
  });
  // What a killed process has left behind.
  await sweepStaleFiles(stagingDir(platform.environment), Date.now());
  const stored = storedSourceSchema.parse(row.source);
  const { files, draw } = openSource(platform, row, stored, signal);
  if (row.listedAt === null)
    await listSource(platform.database, lease, {
      files,
      draw,
      source: stored.source,
      kind: row.kind,
      name: row.name,
      signal,
    });
  await decodeVideos(platform, lease, { files, signal, concurrency });
}

async function outcomeElsewhere(
  { database }: Pick<Platform, 'database'>,
  importId: number,
): Promise<RunOutcome> {
  const row = await database.videoImport.findUnique({
    where: { id: importId },
    select: { state: true },
  });
  if (!row) return 'gone';
  return row.state === 'done' || row.state === 'failed' ? row.state : 'busy';
}
