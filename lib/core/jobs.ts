import type { z } from 'zod';

/** How many jobs with the same key may wait or run at once. */
export type JobPolicy =
  /** No limit; keys are ignored. */
  | 'standard'
  /** One waiting job a key, any number running: a burst of requests becomes one job. */
  | 'short'
  /** One waiting and one running job a key: a burst becomes one job, never two at a time. */
  | 'stately'
  /** One unfinished job a key: asking again while it waits or runs does nothing. */
  | 'exclusive';

/** A kind of background job: its name and what its payload looks like. Payloads carry ids, not data. */
export interface JobDefinition<Payload extends object> {
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  readonly policy: JobPolicy;
  /** Tries after the first one, before the job goes to the dead letters. */
  readonly retryLimit: number;
  /** Wait before the first retry; doubles with each further one, with jitter. */
  readonly retryDelaySeconds: number;
  readonly retryDelayMaxSeconds: number;
  /** A running job that takes longer counts as failed. */
  readonly timeoutSeconds: number;
  /** A running job whose worker is silent for longer is given to another worker; 10 or more. */
  readonly heartbeatSeconds: number;
}

const DEFAULTS = {
  policy: 'standard',
  retryLimit: 3,
  retryDelaySeconds: 5,
  retryDelayMaxSeconds: 300,
  timeoutSeconds: 3600,
  heartbeatSeconds: 30,
} as const;

/**
 * Declares a kind of job. Only `name` and `payload` have to be said.
 *
 * @example
 * export const rankStudy = defineJob({
 *   name: 'rank-study', payload: z.object({ studyId: z.uuid() }), policy: 'stately',
 * });
 */
export function defineJob<Payload extends object>(
  definition: Pick<JobDefinition<Payload>, 'name' | 'payload'> & Partial<JobDefinition<Payload>>,
): JobDefinition<Payload> {
  return { ...DEFAULTS, ...definition };
}
