import { difference } from '#lib/statistics/axis/differences.ts';
import { ELO_PER_THETA } from '#lib/statistics/ranking/elo-scale.ts';
import type { StrengthMethod } from '#lib/statistics/ranking/ranking.ts';
import { selectVotes } from '#lib/statistics/votes/select-votes.ts';
import type { VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import { armShares, tallyArms, votesOf } from './arm-shares.ts';
import type { AnalysisFacts } from './facts.ts';
import type { TagEffect } from './schema.ts';
import { type SubsetStrengths, subsetStrengths } from './subset-strengths.ts';

const MOST_TAGS = 30;
/** Operations of all tags' fits together, and votes that they go through. */
const MOST_WORK = 4e9;
const MOST_VOTES = 20e6;

interface TagGroup {
  readonly kind: TagEffect['kind'];
  readonly tag: string;
  /** Ids, as votes name them. */
  readonly prompts: ReadonlySet<string>;
}

/**
 * What the prompts of each tag and each kind of motion say by themselves. A group is shown where it is
 * neither empty nor everything; at most 30, those of most prompts first.
 *
 * @param reference differences are to it; without one there are shares alone.
 */
export function tagEffects(
  questions: readonly VoteColumns[],
  facts: Pick<AnalysisFacts, 'spec' | 'promptIds'>,
  method: StrengthMethod,
  reference: string | null,
): TagEffect[] {
  const total = questions.reduce((sum, { left }) => sum + left.length, 0);
  const arms = questions[0]?.arms.length ?? 0;
  const budget = Math.min(
    MOST_TAGS,
    Math.ceil(MOST_WORK / (8 * Math.max(1, arms) ** 3)),
    Math.ceil(MOST_VOTES / Math.max(1, total)),
  );
  return tagGroups(facts)
    .slice(0, budget)
    .flatMap((group) => {
      const own = questions.map((votes) => {
        const isIn = Uint8Array.from(votes.prompts, (name) => (group.prompts.has(name) ? 1 : 0));
        return selectVotes(votes, (v) => isIn[votes.prompt?.[v] ?? -1] === 1);
      });
      const tally = tallyArms(own, 1, () => 0);
      const votes = votesOf(tally, 0);
      if (votes === 0) return [];
      const strengths = subsetStrengths(own, method);
      return [
        {
          kind: group.kind,
          tag: group.tag,
          prompts: group.prompts.size,
          votes,
          arms: armShares(tally, 0).map((arm) => ({
            ...arm,
            ...toReference(strengths, arm.arm, reference),
          })),
          warnings: strengths.warnings.map((warning) => ({ ...warning })),
        },
      ];
    });
}

function toReference(strengths: SubsetStrengths, arm: string, reference: string | null) {
  const isThere = strengths.arms.some(({ name }) => name === reference);
  if (reference === null || arm === reference || !isThere)
    return { difference: null, differenceLow: null, differenceHigh: null };
  const { estimate, low, high } = difference(strengths, arm, reference);
  const elo = (theta: number | null) => (theta === null ? null : theta * ELO_PER_THETA);
  return { difference: elo(estimate), differenceLow: elo(low), differenceHigh: elo(high) };
}

function tagGroups({ spec, promptIds }: Pick<AnalysisFacts, 'spec' | 'promptIds'>): TagGroup[] {
  const groups = new Map<string, { kind: TagEffect['kind']; tag: string; prompts: Set<string> }>();
  spec.prompts.forEach((prompt, position) => {
    const id = String(promptIds[position]);
    const add = (kind: TagEffect['kind'], tag: string) => {
      const key = `${kind} ${tag}`;
      const group = groups.get(key) ?? { kind, tag, prompts: new Set() };
      group.prompts.add(id);
      groups.set(key, group);
    };
    for (const tag of prompt.tags) add('tag', tag);
    if (prompt.motion) add('motion', prompt.motion);
  });
  return [...groups.values()]
    .filter(({ prompts }) => prompts.size < spec.prompts.length)
    .sort((a, b) => b.prompts.size - a.prompts.size || (a.tag < b.tag ? -1 : 1));
}
