import { ELO_PER_THETA } from '#lib/statistics/ranking/elo-scale.ts';
import type { LeftOut } from '#lib/statistics/raters/leave-one-out.ts';
import type { PartRanking } from './facts.ts';
import type { LeaveOut } from './schema.ts';

const MOST_INFLUENTIAL = 10;

/**
 * How far ratings move over all leave-outs of one kind.
 *
 * @param left most influential first, as `leaveOneOut` returns them.
 * @param rivals the arms that can be the best one: those on the axis, or all.
 * @param nameOf what a left-out rater or prompt is called.
 * @returns null with fewer than two to leave out: without the only one nothing is left.
 */
export function leaveOutView(
  left: readonly Pick<LeftOut, 'name' | 'votes' | 'change'>[],
  ranking: Pick<PartRanking, 'arms'>,
  rivals: ReadonlySet<string>,
  nameOf: (name: string) => string,
): LeaveOut | null {
  const counted = left.filter(({ votes }) => votes > 0);
  if (counted.length < 2) return null;
  const changes = counted.map((one) => changesOf(one));
  return {
    count: counted.length,
    arms: ranking.arms.map(({ name, elo }) => {
      const own = changes.map((change) => change.get(name) ?? 0);
      const low = own.reduce((least, change) => Math.min(least, change), Infinity);
      const high = own.reduce((most, change) => Math.max(most, change), -Infinity);
      return { arm: name, elo, low: elo + low, high: elo + high };
    }),
    topChanges: changes.filter((change) => topChanges(ranking, rivals, change)).length,
    influential: counted.slice(0, MOST_INFLUENTIAL).map((one, index) => {
      const change = changes[index] ?? new Map<string, number>();
      const [arm = '', elo = 0] =
        [...change].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))[0] ?? [];
      return {
        name: nameOf(one.name),
        votes: one.votes,
        ...{ arm, elo },
        topChanges: topChanges(ranking, rivals, change),
      };
    }),
  };
}

/**
 * Leave-outs of the mean of several questions, from those of each: strengths are averaged, and so are
 * their changes; a question that somebody has no votes in does not change.
 */
export function meanLeaveOuts(
  questions: readonly (readonly Pick<LeftOut, 'name' | 'votes' | 'change'>[])[],
): readonly Pick<LeftOut, 'name' | 'votes' | 'change'>[] {
  const [only] = questions;
  if (only && questions.length === 1) return only;
  const sums = new Map<string, { votes: number; change: Map<string, number> }>();
  for (const { name, votes, change } of questions.flat()) {
    const sum = sums.get(name) ?? { votes: 0, change: new Map<string, number>() };
    sum.votes += votes;
    for (const { name: arm, theta } of change)
      sum.change.set(arm, (sum.change.get(arm) ?? 0) + theta / questions.length);
    sums.set(name, sum);
  }
  const largest = (change: ReadonlyMap<string, number>) =>
    [...change.values()].reduce((most, theta) => Math.max(most, Math.abs(theta)), 0);
  return [...sums]
    .map(([name, { votes, change }]) => ({ name, votes, change, size: largest(change) }))
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1))
    .map(({ name, votes, change }) => ({
      ...{ name, votes },
      change: [...change].map(([arm, theta]) => ({ name: arm, theta })),
    }));
}

/** In Elo points, by arm. */
export function changesOf({ change }: Pick<LeftOut, 'change'>): ReadonlyMap<string, number> {
  return new Map(change.map(({ name, theta }) => [name, theta * ELO_PER_THETA]));
}

/** Whether another of the rivals comes first once ratings have changed. */
export function topChanges(
  ranking: Pick<PartRanking, 'arms'>,
  rivals: ReadonlySet<string>,
  change: ReadonlyMap<string, number>,
): boolean {
  const top = (shift: (name: string) => number) => {
    let best: { name: string; elo: number } | null = null;
    for (const { name, elo } of ranking.arms)
      if (rivals.has(name) && (best === null || elo + shift(name) > best.elo))
        best = { name, elo: elo + shift(name) };
    return best?.name;
  };
  return top(() => 0) !== top((name) => change.get(name) ?? 0);
}
