import { AppError, type ErrorCode } from '#lib/core/errors.ts';
import type { Logger } from '../log.ts';
import type { PrismaClient } from './client.ts';
import {
  claimWork,
  endLease,
  type WorkLease,
  type WorkTable,
  withHeartbeat,
} from './work-lease.ts';

/** `held`: the row does not wait, or another process is at work on it. */
export type WorkOutcome = 'done' | 'failed' | 'held';

/** What a person has to put right in what was given; everything else may pass and is tried again. */
const FAULTS_OF_THE_SOURCE: readonly ErrorCode[] = [
  'BAD_INPUT',
  'NOT_FOUND',
  'FORBIDDEN',
  'TOO_LARGE',
];

export interface WorkOptions {
  readonly table: WorkTable;
  readonly id: number;
  readonly signal: AbortSignal;
}

/**
 * Does a long piece of work that survives its process, in one process at a time: takes its row up,
 * shows signs of life, and writes how it ended. A fault of what was given ends it as failed with the
 * reason; anything else leaves it waiting to be run again.
 *
 * @throws whatever ended it early, after which the row waits
 */
export async function runWork(
  { database, log }: { readonly database: PrismaClient; readonly log: Logger },
  { table, id, signal }: WorkOptions,
  work: (lease: WorkLease, signal: AbortSignal) => Promise<void>,
): Promise<WorkOutcome> {
  signal.throwIfAborted();
  const lease = await claimWork(database, table, id);
  if (!lease) return 'held';
  const about = { [table.name]: id, attempt: lease.attempt };
  log.info(about, 'work started');
  try {
    await withHeartbeat(database, table, lease, signal, (whole) => work(lease, whole));
    await endLease(database, table, lease, { state: 'done' });
    log.info(about, 'work done');
    return 'done';
  } catch (error) {
    const isFault = error instanceof AppError && FAULTS_OF_THE_SOURCE.includes(error.code);
    const problem = error instanceof AppError ? { problem: error.message } : {};
    await endLease(database, table, lease, { state: isFault ? 'failed' : 'waiting', ...problem });
    log.warn({ err: error, ...about }, 'work stopped');
    if (isFault) return 'failed';
    throw error;
  }
}
