import type { VoteColumns } from '../votes/vote-columns.ts';

/** For each layer and vote the number of its cluster, counted from 0 over all layers. */
export interface Clusters {
  readonly ids: readonly Int32Array[];
  readonly count: number;
}

export type ClusterKind = 'rater' | 'prompt' | 'both';

// Above this many cells a table of rater x prompt gives way to a map.
const MOST_CELLS = 1 << 24;

/**
 * Numbers the clusters of votes over one or several questions: votes of one rater, of one prompt, or
 * of one rater on one prompt. The same name is the same cluster in every question. A vote that does
 * not say is a cluster of its own.
 */
export function clusterVotes(questions: readonly VoteColumns[], kind: ClusterKind): Clusters {
  if (kind === 'both') return crossClusters(questions);
  const named = questions.map((votes) => (kind === 'rater' ? votes.raters : votes.prompts));
  // By name, so that draws of clusters do not depend on the order of the votes.
  const all = [...new Set(named.flat())].sort();
  const codes = new Map(all.map((name, code) => [name, code]));
  const recoded = named.map((names) => names.map((name) => codes.get(name) as number));
  let count = codes.size;
  const ids = questions.map((votes, q) => {
    const column = kind === 'rater' ? votes.rater : votes.prompt;
    const code = recoded[q] ?? [];
    const numbers = new Int32Array(votes.left.length);
    for (let v = 0; v < numbers.length; v++) {
      const own = column ? (column[v] as number) : -1;
      numbers[v] = own < 0 ? count++ : (code[own] as number);
    }
    return numbers;
  });
  return { ids, count };
}

function crossClusters(questions: readonly VoteColumns[]): Clusters {
  const raters = clusterVotes(questions, 'rater');
  const prompts = clusterVotes(questions, 'prompt');
  const cells = raters.count * prompts.count;
  const table = cells <= MOST_CELLS ? new Int32Array(cells) : null;
  const map = new Map<number, number>();
  let count = 0;
  const ids = raters.ids.map((ofRater, q) => {
    const ofPrompt = prompts.ids[q] as Int32Array;
    const numbers = new Int32Array(ofRater.length);
    for (let v = 0; v < numbers.length; v++) {
      const cell = (ofRater[v] as number) * prompts.count + (ofPrompt[v] as number);
      // Zero means not seen yet, so that the table needs no filling.
      let number = table ? (table[cell] as number) : (map.get(cell) ?? 0);
      if (number === 0) {
        number = ++count;
        if (table) table[cell] = number;
        else map.set(cell, number);
      }
      numbers[v] = number - 1;
    }
    return numbers;
  });
  return { ids, count };
}

/** How many raters or prompts the votes name; null where no vote names one. */
export function countNamed(
  questions: readonly VoteColumns[],
  kind: 'rater' | 'prompt',
): number | null {
  const names = new Set<string>();
  for (const votes of questions) {
    const known = kind === 'rater' ? votes.raters : votes.prompts;
    for (const code of new Set(votes[kind])) {
      const name = known[code];
      if (name !== undefined) names.add(name);
    }
  }
  return names.size > 0 ? names.size : null;
}
