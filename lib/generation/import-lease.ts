import { AppError } from '#lib/core/errors.ts';
import type { PrismaClient } from '#lib/platform/database/client.ts';

/** The right to work on an import. A later claim makes it void, and with it all that it still writes. */
export interface ImportLease {
  readonly importId: number;
  readonly attempt: number;
}

/** A process that is silent for longer has died; the queue's own limit (30 s) is longer still. */
export const STALE_SECONDS = 20;
const BEAT_MS = 5_000;

/**
 * Takes an import up that waits, or whose process has died: of several that try at once, one gets it.
 *
 * @returns null where the import does not wait or somebody else is at work
 */
export async function claimImport(
  database: PrismaClient,
  importId: number,
): Promise<ImportLease | null> {
  const rows = await database.$queryRaw<{ attempt: number }[]>`
    update video_import
    set state = 'running', attempt = attempt + 1, heartbeat_at = now(), problem = null,
        started_at = coalesce(started_at, now()), finished_at = null
    where id = ${importId} and (state = 'waiting'
      or (state = 'running' and heartbeat_at < now() - make_interval(secs => ${STALE_SECONDS})))
    returning attempt`;
  const row = rows[0];
  return row ? { importId, attempt: row.attempt } : null;
}

/**
 * Runs `work` under a lease, with a sign of life every few seconds. The signal that `work` gets is
 * aborted when the lease is lost.
 */
export async function withHeartbeat<T>(
  database: PrismaClient,
  lease: ImportLease,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const beat = async () => {
    const held = await database.$executeRaw`
      update video_import set heartbeat_at = now()
      where id = ${lease.importId} and attempt = ${lease.attempt} and state = 'running'`;
    if (held === 0) lost.abort(leaseLost());
  };
  // A beat that fails is made up for by the next one; the lease outlives three.
  const timer = setInterval(() => void beat().catch(() => undefined), BEAT_MS);
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(timer);
  }
}

/** What ends a lease: the import is done, has failed, or waits to be taken up again. */
export interface LeaseEnd {
  state: 'done' | 'failed' | 'waiting';
  problem?: string;
}

/** Ends the lease; changes nothing when it was lost before. */
export async function endLease(
  database: PrismaClient,
  lease: ImportLease,
  { state, problem }: LeaseEnd,
): Promise<void> {
  await database.$executeRaw`
    update video_import
    set state = ${state}::"ImportState", problem = ${problem ?? null}, heartbeat_at = null,
        finished_at = case when ${state} = 'waiting' then null else now() end
    where id = ${lease.importId} and attempt = ${lease.attempt} and state = 'running'`;
}

/** The error of a process that writes after another one has taken the import over. */
export function leaseLost(): AppError {
  return new AppError('CONFLICT', 'Another process has taken this import over.', {
    reason: 'lease-lost',
  });
}
