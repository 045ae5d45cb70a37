import { watchResultSchema } from './schema.ts';

/** Reading and ranking this many votes takes about a second, of which a tenth may go into looking. */
const VOTES_A_SECOND = 20_000;

/**
 * How long to wait before the next look at a study's votes, in whole seconds: a large study is looked
 * at less often, up to once a minute and a half at 2 M votes. 0 for the first look.
 */
export function waitBeforeLook(
  last: { readonly createdAt: Date; readonly result: unknown } | null,
  now: Date,
): number {
  const known = watchResultSchema.safeParse(last?.result);
  if (!last || !known.success) return 0;
  const pauseSeconds = known.data.votes / VOTES_A_SECOND;
  const passedSeconds = (now.getTime() - last.createdAt.getTime()) / 1000;
  return Math.max(0, Math.ceil(pauseSeconds - passedSeconds));
}
