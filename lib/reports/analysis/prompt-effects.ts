import type { LeftOut } from '#lib/statistics/raters/leave-one-out.ts';
import type { VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import { armShares, tallyArms, votesOf } from './arm-shares.ts';
import type { PartRanking } from './facts.ts';
import { changesOf, topChanges } from './leave-out.ts';
import type { PromptEffect } from './schema.ts';

const MOST_PROMPTS = 200;
/** Of a study of more arms, only those on the axis, or the first so many of its ranking. */
const MOST_ARMS = 12;

/**
 * What each prompt says and what hangs on it, the most driving ones first.
 *
 * @param left all prompts left out in turn; prompts are named by their ids.
 * @param reference differences are to it; without one the ratings themselves change.
 * @param rivals the arms that can be the best one.
 */
export function promptEffects(
  questions: readonly VoteColumns[],
  left: readonly Pick<LeftOut, 'name' | 'votes' | 'change'>[],
  ranking: Pick<PartRanking, 'arms'>,
  reference: string | null,
  rivals: ReadonlySet<string>,
): { count: number; prompts: PromptEffect[] } {
  const counted = left.filter(({ votes }) => votes > 0);
  const shown = shownArms(ranking, rivals);
  const effects = counted
    .map((one) => {
      const change = changesOf(one);
      const base = reference === null ? 0 : (change.get(reference) ?? 0);
      const changes = [...change].flatMap(([arm, elo]) =>
        shown.has(arm) && arm !== reference ? [{ arm, elo: elo - base }] : [],
      );
      const drive = changes.reduce((most, { elo }) => Math.max(most, Math.abs(elo)), 0);
      return { name: one.name, changes, drive, topChanges: topChanges(ranking, rivals, change) };
    })
    .sort((a, b) => b.drive - a.drive || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_PROMPTS);
  const groupOf = new Map(effects.map(({ name }, group) => [name, group]));
  const codes = questions.map(({ prompts }) =>
    Int32Array.from(prompts, (name) => groupOf.get(name) ?? -1),
  );
  const tally = tallyArms(questions, effects.length, (q, v) => {
    const prompt = questions[q]?.prompt?.[v] ?? -1;
    return prompt < 0 ? -1 : (codes[q]?.[prompt] ?? -1);
  });
  return {
    count: counted.length,
    prompts: effects.map(({ name, ...effect }, group) => {
      const arms = armShares(tally, group);
      return {
        prompt: Number(name),
        votes: votesOf(tally, group),
        preferred: preferredOf(arms.filter(({ arm }) => rivals.has(arm))),
        arms: arms.filter(({ arm }) => shown.has(arm)),
        ...effect,
      };
    }),
  };
}

/** The arm of the highest share; null where several have it. */
function preferredOf(arms: readonly { arm: string; share: number | null }[]): string | null {
  const highest = arms.reduce((most, { share }) => Math.max(most, share ?? 0), 0);
  const first = arms.filter(({ share }) => share === highest);
  return first.length === 1 ? (first[0]?.arm ?? null) : null;
}

/** Arms that a list of all prompts has room for. */
function shownArms(
  { arms }: Pick<PartRanking, 'arms'>,
  rivals: ReadonlySet<string>,
): ReadonlySet<string> {
  if (arms.length <= MOST_ARMS) return new Set(arms.map(({ name }) => name));
  const names = arms.flatMap(({ name }) => (rivals.has(name) ? [name] : []));
  return new Set(names.slice(0, MOST_ARMS));
}
