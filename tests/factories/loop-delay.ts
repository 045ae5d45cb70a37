import * as z from 'zod';

/** How long an event loop could not take up anything, in milliseconds. */
export const loopDelaySchema = z.object({ max: z.number(), p99: z.number() });
export type LoopDelay = z.infer<typeof loopDelaySchema>;
