import type { PrismaClient } from '#lib/platform/database/client.ts';

/** Results of that many snapshots; a report asks for the same ones again and again. */
const MOST_KEPT = 100;

/**
 * Keeps what was computed from snapshots, which never change: the newest results of each database, by
 * key. A failure is not kept.
 */
export function keepResults<Result>(): (
  database: PrismaClient,
  key: string,
  compute: () => Promise<Result>,
) => Promise<Result> {
  const keptBy = new WeakMap<PrismaClient, Map<string, Promise<Result>>>();
  return (database, key, compute) => {
    const kept = keptBy.get(database) ?? new Map<string, Promise<Result>>();
    keptBy.set(database, kept);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const computing = compute();
    kept.set(key, computing);
    computing.catch(() => kept.delete(key));
    const oldest = kept.keys().next().value;
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return computing;
  };
}
