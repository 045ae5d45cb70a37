import { availableParallelism } from 'node:os';
import { AppError, type ErrorCode } from '#lib/core/errors.ts';
import { sweepStaleFiles } from '#lib/platform/blobs/stage-file.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { decodeVideos } from './decode-videos.ts';
import { claimImport, endLease, type ImportLease, withHeartbeat } from './import-lease.ts';
import { listSource } from './list-source.ts';
import type { RunPlatform } from './run-platform.ts';
import { storedSourceSchema } from './schema.ts';
import { openFileSet, stagingDir } from './sources/open-file-set.ts';

export interface RunOptions {
  signal: AbortSignal;
  /** Videos decoded at a time; by default as many as the machine has cores, at most four. */
  concurrency?: number;
}

/** `busy`: another process is at work on it. `gone`: there is no such import any more. */
export type RunOutcome = 'done' | 'failed' | 'busy' | 'gone';

const MOST_AT_ONCE = 4;

function defaultConcurrency(): number {
  return Math.min(availableParallelism(), MOST_AT_ONCE);
}

/** What a person has to put right in the source; everything else may pass and is tried again. */
const FAULTS_OF_THE_SOURCE: readonly ErrorCode[] = [
  'BAD_INPUT',
  'NOT_FOUND',
  'FORBIDDEN',
  'TOO_LARGE',
];

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
  const { database, log } = platform;
  options.signal.throwIfAborted();
  const lease = await claimImport(database, importId);
  if (!lease) return outcomeElsewhere(platform, importId);
  log.info({ importId, attempt: lease.attempt }, 'import started');
  try {
    await withHeartbeat(database, lease, options.signal, (signal) =>
      readFiles(platform, lease, { ...options, signal }),
    );
    await endLease(database, lease, { state: 'done' });
    log.info({ importId }, 'import done');
    return 'done';
  } catch (error) {
    const isFault = error instanceof AppError && FAULTS_OF_THE_SOURCE.includes(error.code);
    const problem = error instanceof AppError ? { problem: error.message } : {};
    await endLease(database, lease, { state: isFault ? 'failed' : 'waiting', ...problem });
    log.warn({ err: error, importId }, 'import stopped');
    if (isFault) return 'failed';
    throw error;
  }
}

async function readFiles(
  platform: RunPlatform,
  lease: ImportLease,
  { signal, concurrency = defaultConcurrency() }: RunOptions,
): Promise<void> {
  const row = await platform.database.videoImport.findUniqueOrThrow({
    where: { id: lease.importId },
  });
  // What a killed process has left behind.
  await sweepStaleFiles(stagingDir(platform.environment), Date.now());
  const stored = storedSourceSchema.parse(row.source);
  const files = openFileSet(platform, lease.importId, stored);
  if (row.listedAt === null)
    await listSource(platform.database, lease, {
      files,
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
