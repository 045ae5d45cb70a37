import { performance } from 'node:perf_hooks';
import { eloPass } from '#lib/statistics/elo/elo.ts';
import { eloLimit } from '#lib/statistics/elo/elo-limit.ts';
import { eloShuffles } from '#lib/statistics/elo/elo-paper.ts';
import { rankVotes } from '#lib/statistics/ranking/rank.ts';
import { countPairs } from '#lib/statistics/votes/pair-counts.ts';
import { simulatedVotes } from '#tests/factories/votes.ts';

const ELO = { k: 1, init: 1000 };

/** The speed of rankings against the yardsticks: 10 arms, 2,000,000 and 20,000 votes. */
export async function run(print: (line: string) => void): Promise<void> {
  const plan = { arms: 10, raters: 500, prompts: 200, seed: 1 };
  const many = simulatedVotes({ ...plan, votes: 2_000_000 });
  const few = simulatedVotes({ ...plan, votes: 20_000 });
  const counts = countPairs(many);
  const tell = (what: string, milliseconds: number, reach: string) =>
    print(`${what.padEnd(62)} ${milliseconds.toFixed(2).padStart(9)} ms   reach ${reach}`);

  const pass = fastest(5, () => eloPass(many, ELO));
  const nanoseconds = ((pass * 1e6) / many.left.length).toFixed(1);
  tell(`one Elo pass, 2 M votes: ${nanoseconds} ns a vote`, pass, '40 ns a vote');
  tell(
    'elo-paper, 1,000 shuffles of 20 k votes',
    fastest(1, () => eloShuffles(few, { ...ELO, shuffles: 1000, seed: 1 })),
    '2 s',
  );
  tell(
    'elo-paper, the limit, 2 M votes from pair counts',
    fastest(20, () => eloLimit(counts, ELO)),
    '1 ms',
  );
  tell(
    'pair counts of 2 M votes',
    fastest(3, () => countPairs(many)),
    'within the next',
  );
  const alone = { ...many, rater: null, prompt: null, raters: [], prompts: [] };
  tell(
    'Davidson, hc0, tiers and P(best), 2 M votes parsed',
    fastest(3, () => rankVotes(alone)),
    '100 ms beyond the counts',
  );
  tell(
    'Davidson, two-way, tiers and P(best), 2 M votes parsed',
    fastest(3, () => rankVotes(many)),
    '1.5 s',
  );
  const megabytes = (process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed) / 2 ** 20;
  print(`memory with those votes loaded: ${megabytes.toFixed(0)} MiB, reach 300 MiB`);
}

/** Milliseconds of the fastest of some runs, after one to warm up. */
function fastest(runs: number, work: () => unknown): number {
  work();
  let best = Infinity;
  for (let r = 0; r < runs; r++) {
    const from = performance.now();
    work();
    best = Math.min(best, performance.now() - from);
  }
  return best;
}
