import { fromPrisma, PgBoss } from 'pg-boss';
import type { JobDefinition } from '#lib/core/jobs.ts';
import type { Transaction } from './database/client.ts';
import { databaseUrl } from './database/url.ts';
import { logger } from './log.ts';

const SCHEMA = 'pgboss';
/** Where jobs end that failed at every try; each keeps the name of the queue that it came from. */
export const DEAD_LETTERS = 'dead-letters';
/** Within what the supervisor gives a worker. */
const STOP_LIMIT_MS = 7_000;
/**
 * The shortest that pg-boss allows. Its LISTEN connection would save a quarter of a second, but while
 * it is being closed it catches no errors, so that a database that goes away ends the process (12.38).
 */
const POLLING_SECONDS = 0.5;

export interface EnqueueOptions {
  /** What the job is about, for the limits of its policy; a policy other than `standard` needs it. */
  readonly singletonKey?: string;
  readonly startAfterSeconds?: number;
  /** Higher goes first. */
  readonly priority?: number;
  /** The job appears when this transaction commits, and never if it does not. */
  readonly transaction?: Transaction;
}

export interface WorkOptions {
  /** Jobs of this kind at a time in this process. */
  readonly concurrency?: number;
}

/** One try of a job. Handlers may be run again after they succeeded, and must then change nothing. */
export interface JobAttempt<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** 0 at the first try; fences what an earlier, stalled try still writes. */
  readonly attempt: number;
  /** Aborted when the process stops, the time is up or the job was given to another worker. */
  readonly signal: AbortSignal;
}

export type JobHandler<Payload> = (job: JobAttempt<Payload>) => Promise<void>;

export interface Queue {
  /**
   * Asks for a job.
   *
   * @returns its id; null when its policy finds that such a job waits (or runs) already.
   * @throws ZodError for a payload that is not as the definition says.
   */
  enqueue<Payload extends object>(
    job: JobDefinition<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ): Promise<string | null>;
  /** Runs jobs of a kind in this process from now on. */
  work<Payload extends object>(
    job: JobDefinition<Payload>,
    handler: JobHandler<Payload>,
    options?: WorkOptions,
  ): Promise<void>;
  /** Takes no more jobs, tells the running ones to end, and gives those back that do not. */
  stop(): Promise<void>;
}

export interface QueueOptions {
  readonly url: string;
  /** Workers look after the queues (expiry, retries, clean-up); web processes only send. */
  readonly role: 'sender' | 'worker';
  readonly poolSize?: number;
}

/** Connects to the queue of a database, whose tables are made on first use. */
export async function openQueue({ url, role, poolSize = 4 }: QueueOptions): Promise<Queue> {
  const log = logger('queue');
  const isWorker = role === 'worker';
  const boss = new PgBoss({
    connectionString: url,
    schema: SCHEMA,
    max: poolSize,
    application_name: `winnow-queue-${role}`,
    supervise: isWorker,
    schedule: isWorker,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'queue error'));
  await boss.start();
  await boss.createQueue(DEAD_LETTERS);

  const stopping = new AbortController();
  const ready = new Map<string, Promise<void>>();
  const ensure = (job: JobSettings) => {
    const known = ready.get(job.name) ?? createQueue(boss, job);
    ready.set(job.name, known);
    // A failure must not stay: the next call tries again.
    known.catch(() => ready.delete(job.name));
    return known;
  };

  return {
    async enqueue(job, payload, options = {}) {
      const data = job.payload.parse(payload);
      if (job.policy !== 'standard' && options.singletonKey === undefined) {
        throw new Error(
          `The job ${job.name} is ${job.policy}, so asking for it needs a singletonKey.`,
        );
      }
      await ensure(job);
      return boss.send(job.name, data, {
        ...(options.singletonKey === undefined ? {} : { singletonKey: options.singletonKey }),
        ...(options.startAfterSeconds ? { startAfter: options.startAfterSeconds } : {}),
        ...(options.priority === undefined ? {} : { priority: options.priority }),
        ...(options.transaction ? { db: fromPrisma(options.transaction) } : {}),
      });
    },
    async work(job, handler, { concurrency = 1 } = {}) {
      await ensure(job);
      await boss.work(
        job.name,
        { localConcurrency: concurrency, pollingIntervalSeconds: POLLING_SECONDS },
        async ([item]) => {
          if (item === undefined) return;
          const { id, retryCount: attempt } = item;
          const signal = AbortSignal.any([item.signal, stopping.signal]);
          try {
            await handler({ id, attempt, signal, payload: job.payload.parse(item.data) });
          } catch (error) {
            log.warn({ err: error, job: job.name, id, attempt }, 'job failed');
            throw error;
          }
        },
      );
    },
    async stop() {
      stopping.abort(new Error('The worker stops.'));
      await boss.stop({ graceful: true, timeout: STOP_LIMIT_MS });
    },
  };
}

type JobSettings = Omit<JobDefinition<object>, 'payload'>;

async function createQueue(boss: PgBoss, job: JobSettings): Promise<void> {
  const settings = {
    retryLimit: job.retryLimit,
    retryDelay: job.retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: job.retryDelayMaxSeconds,
    expireInSeconds: job.timeoutSeconds,
    heartbeatSeconds: job.heartbeatSeconds,
    deadLetter: DEAD_LETTERS,
  };
  await boss.createQueue(job.name, { ...settings, policy: job.policy });
  // For a queue that an earlier version made with other settings.
  await boss.updateQueue(job.name, settings);
}

let opened: Promise<Queue> | undefined;

/** The queue of this process for sending; `database()`'s counterpart. */
export function queue(): Promise<Queue> {
  opened ??= openQueue({ url: databaseUrl(), role: 'sender', poolSize: 2 });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

/** Closes what `queue()` has opened, if anything: without it a command would not end. */
export async function closeQueue(): Promise<void> {
  const open = opened;
  opened = undefined;
  await (await open)?.stop();
}
