import { performance } from 'node:perf_hooks';
import { eloPass } from '#lib/statistics/elo/elo.ts';
import { eloLimit } from '#lib/statistics/elo/elo-limit.ts';
import { eloShuffles } from '#lib/statistics/elo/elo-paper.ts';
import { fitQuestion, type ModelChoice } from '#lib/statistics/models/fit-question.ts';
import { rankVotes } from '#lib/statistics/ranking/rank.ts';
import { bootstrapCovariance } from '#lib/statistics/uncertainty/bootstrap.ts';
import { clusterVotes } from '#lib/statistics/uncertainty/clusters.ts';
import { sandwich, voteMeat } from '#lib/statistics/uncertainty/covariance.ts';
import { rankRanges, tiersOf } from '#lib/statistics/uncertainty/simultaneous.ts';
import { sumToCells } from '#lib/statistics/uncertainty/vote-cells.ts';
import { countPairs, type PairCounts } from '#lib/statistics/votes/pair-counts.ts';
import type { VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
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
    'Davidson from pair counts: fit, errors, tiers and P(best)',
    fastest(5, () => rankFromCounts(counts)),
    '100 ms',
  );
  tell(
    'Davidson, hc0, tiers and P(best), 2 M votes parsed',
    fastest(3, () => rankVotes(alone)),
    '1.5 s',
  );
  tell(
    'Davidson, two-way, tiers and P(best), 2 M votes parsed',
    fastest(3, () => rankVotes(many)),
    '1.5 s',
  );
  bootstraps({ ...many, prompts: [], prompt: null }, 'raters', '300 ms', tell);
  bootstraps(many, 'raters x prompts', 'none stated', tell);
  const megabytes = (process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed) / 2 ** 20;
  print(`memory with those votes loaded: ${megabytes.toFixed(0)} MiB, reach 300 MiB`);
}

/** The votes as the layer of one question, fitted. */
function fitted(votes: VoteColumns) {
  const counts = countPairs(votes);
  const choice: ModelChoice = { method: 'bradley-terry', ties: 'half', ridge: undefined };
  const fit = fitQuestion(counts, choice, () => undefined);
  return { choice, fit, layer: { votes, counts, squares: counts, fit: fit.fit } };
}

/** Everything but counting: the clusters' part needs the votes, so the errors are those of HC0. */
function rankFromCounts(counts: PairCounts): void {
  const choice: ModelChoice = { method: 'davidson', ties: 'half', ridge: undefined };
  const { fit } = fitQuestion(counts, choice, () => undefined);
  const { parameters: n } = fit;
  const errors = sandwich(fit.inverse, voteMeat(counts, fit), n);
  const vcov = new Float64Array(counts.size ** 2).map(
    (_, at) => errors[Math.floor(at / counts.size) * n + (at % counts.size)] as number,
  );
  const group = new Int32Array(counts.size);
  const ranges = rankRanges(fit.theta, vcov, { level: 0.95, df: 100, seed: 1, group });
  tiersOf(ranges.low);
}

/** 1,000 cluster bootstraps of Bradley-Terry, summing to cells and resampling apart. */
function bootstraps(
  votes: VoteColumns,
  what: string,
  reach: string,
  tell: (what: string, milliseconds: number, reach: string) => void,
): void {
  const { choice, fit, layer } = fitted(votes);
  const rows = clusterVotes([votes], 'rater');
  const columns = votes.prompt ? clusterVotes([votes], 'prompt') : null;
  const cells = fastest(2, () => sumToCells([layer], rows, columns));
  const whole = fastest(1, () =>
    bootstrapCovariance([layer], [fit], choice, { seed: 1, replicates: 1000 }, () => undefined),
  );
  tell(`summing 2 M votes to cells, ${what}`, cells, 'within the next');
  tell(`1,000 bootstraps of Bradley-Terry over ${what}, after that`, whole - cells, reach);
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
