import type { VoteColumns } from './vote-columns.ts';

/**
 * Some of the votes, in their order. Raters and prompts without a vote left lose their names, so that
 * whoever counts them counts right; arms keep theirs.
 */
export function selectVotes(votes: VoteColumns, keeps: (vote: number) => boolean): VoteColumns {
  const room = new Int32Array(votes.left.length);
  let count = 0;
  for (let v = 0; v < votes.left.length; v++) if (keeps(v)) room[count++] = v;
  const at = room.slice(0, count);
  const raters = recode(votes.raters, votes.rater, at);
  const prompts = recode(votes.prompts, votes.prompt, at);
  return {
    arms: votes.arms,
    left: at.map((v) => votes.left[v] as number),
    right: at.map((v) => votes.right[v] as number),
    outcome: picked(votes.outcome, at, new Uint8Array(count)),
    ...{ raters: raters.names, rater: raters.column },
    ...{ prompts: prompts.names, prompt: prompts.column },
    weight: votes.weight ? picked(votes.weight, at, new Float64Array(count)) : null,
  };
}

function picked<T extends Uint8Array | Float64Array>(from: T, at: Int32Array, to: T): T {
  for (let i = 0; i < at.length; i++) to[i] = from[at[i] as number] as number;
  return to;
}

function recode(
  names: readonly string[],
  column: Int32Array | null,
  kept: Int32Array,
): { names: string[]; column: Int32Array | null } {
  if (column === null) return { names: [], column: null };
  const codes = new Int32Array(names.length).fill(-1);
  const used: string[] = [];
  const own = kept.map((v) => {
    const code = column[v] as number;
    if (code < 0) return -1;
    if (codes[code] === -1) {
      codes[code] = used.length;
      used.push(names[code] as string);
    }
    return codes[code] as number;
  });
  return { names: used, column: used.length > 0 ? own : null };
}
