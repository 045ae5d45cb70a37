import { LEFT_WON, TIED, type VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import { winShare } from '#lib/statistics/votes/win-share.ts';

/** Wins, losses and ties of each arm within one group of votes: `[group * arms + arm]`. */
export interface Tally {
  readonly arms: readonly string[];
  readonly groups: number;
  readonly wins: Float64Array;
  readonly losses: Float64Array;
  readonly ties: Float64Array;
}

/**
 * Counts votes by group and arm in one pass.
 *
 * @param questions over the same arms in the same order.
 * @param groupOf of a vote of a question, from 0; below 0 leaves it out.
 */
export function tallyArms(
  questions: readonly VoteColumns[],
  groups: number,
  groupOf: (question: number, vote: number) => number,
): Tally {
  const arms = questions[0]?.arms ?? [];
  const k = arms.length;
  const [wins, losses, ties] = [0, 1, 2].map(() => new Float64Array(groups * k)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const add = (to: Float64Array, at: number) => {
    to[at] = (to[at] as number) + 1;
  };
  questions.forEach(({ left, right, outcome }, q) => {
    for (let v = 0; v < left.length; v++) {
      const group = groupOf(q, v);
      if (group < 0) continue;
      const l = group * k + (left[v] as number);
      const r = group * k + (right[v] as number);
      const how = outcome[v];
      if (how === TIED) {
        add(ties, l);
        add(ties, r);
      } else {
        add(wins, how === LEFT_WON ? l : r);
        add(losses, how === LEFT_WON ? r : l);
      }
    }
  });
  return { arms, groups, wins, losses, ties };
}

/** The arms' shares within one group, with Wilson's interval; arms without a vote are left out. */
export function armShares({ arms, wins, losses, ties }: Tally, group: number) {
  return arms.flatMap((arm, i) => {
    const at = group * arms.length + i;
    const [won, lost, tied] = [wins[at] ?? 0, losses[at] ?? 0, ties[at] ?? 0];
    const votes = won + lost + tied;
    return votes === 0 ? [] : [{ arm, votes, ...winShare(won, lost, tied) }];
  });
}

/** The votes of one group; each counts for two arms. */
export function votesOf({ arms, wins, losses, ties }: Tally, group: number): number {
  let sum = 0;
  for (let at = group * arms.length; at < (group + 1) * arms.length; at++)
    sum += (wins[at] ?? 0) + (losses[at] ?? 0) + (ties[at] ?? 0);
  return sum / 2;
}
