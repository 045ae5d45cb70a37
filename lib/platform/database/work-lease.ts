import { AppError } from '#lib/core/errors.ts';
import { Prisma, type PrismaClient } from './client.ts';

/**
 * A table whose rows are long pieces of work that survive their process: with the columns `state`,
 * `attempt`, `heartbeat_at`, `started_at`, `finished_at` and `problem`.
 */
export interface WorkTable {
  readonly name: string;
  /** The type of `state`, which has waiting, running, done and failed. */
  readonly stateType: string;
}

/** The right to work on a row. A later claim makes it void, and with it all that it still writes. */
export interface WorkLease {
  readonly id: number;
  readonly attempt: number;
}

/** A process that is silent for longer has died; the queue's own limit (30 s) is longer still. */
const STALE_SECONDS = 20;
const BEAT_MS = 5_000;

/** The condition that a running row's process has died. */
export const IS_STALE = Prisma.sql`(state = 'running'
  and heartbeat_at < now() - make_interval(secs => ${STALE_SECONDS}))`;

/**
 * Takes a row up that waits, or whose process has died: of several that try at once, one gets it.
 *
 * @returns null where the row does not wait or somebody else is at work
 */
export async function claimWork(
  database: PrismaClient,
  table: WorkTable,
  id: number,
): Promise<WorkLease | null> {
  const rows = await database.$queryRaw<{ attempt: number }[]>`
    update ${tableOf(table)}
    set state = 'running', attempt = attempt + 1, heartbeat_at = now(), problem = null,
        started_at = coalesce(started_at, now()), finished_at = null
    where id = ${id} and (state = 'waiting' or ${IS_STALE})
    returning attempt`;
  const row = rows[0];
  return row ? { id, attempt: row.attempt } : null;
}

/**
 * Runs `work` under a lease, with a sign of life every few seconds. The signal that `work` gets is
 * aborted when the lease is lost.
 */
export async function withHeartbeat<T>(
  database: PrismaClient,
  table: WorkTable,
  lease: WorkLease,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const beat = async () => {
    const held = await database.$executeRaw`
      update ${tableOf(table)} set heartbeat_at = now()
      where id = ${lease.id} and attempt = ${lease.attempt} and state = 'running'`;
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

/** What ends a lease: the work is done, has failed, or waits to be taken up again. */
export interface LeaseEnd {
  state: 'done' | 'failed' | 'waiting';
  problem?: string;
}

/** Ends the lease; changes nothing when it was lost before. */
export async function endLease(
  database: PrismaClient,
  table: WorkTable,
  lease: WorkLease,
  { state, problem }: LeaseEnd,
): Promise<void> {
  await database.$executeRaw`
    update ${tableOf(table)}
    set state = ${state}::${Prisma.raw(`"${table.stateType}"`)}, problem = ${storable(problem)},
        heartbeat_at = null,
        finished_at = case when ${state} = 'waiting' then null else now() end
    where id = ${lease.id} and attempt = ${lease.attempt} and state = 'running'`;
}

/** A text as PostgreSQL takes it: a NUL, as a broken file may bring, is shown as one. */
function storable(text: string | undefined): string | null {
  return text?.replaceAll('\0', '\u2400') ?? null;
}

/** The error of a process that writes after another one has taken the work over. */
export function leaseLost(): AppError {
  return new AppError('CONFLICT', 'Another process has taken this work over.', {
    reason: 'lease-lost',
  });
}

function tableOf({ name }: WorkTable): Prisma.Sql {
  return Prisma.raw(`"${name}"`);
}
