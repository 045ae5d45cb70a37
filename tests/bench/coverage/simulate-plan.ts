import { type Random, seededRandom, shuffle } from '#lib/core/random.ts';
import { studentQuantile } from '#lib/statistics/numeric/student-quantile.ts';
import type { StudyPlan } from '#lib/statistics/planning/plan-study.ts';
import { flattening, tieParameterOf } from '#lib/statistics/planning/study-design.ts';
import { ELO_PER_THETA } from '#lib/statistics/ranking/elo-scale.ts';
import { estimateStrengths } from '#lib/statistics/uncertainty/estimate.ts';
import { countPairs } from '#lib/statistics/votes/pair-counts.ts';
import { LEFT_WON, RIGHT_WON, TIED, type VoteColumns } from '#lib/statistics/votes/vote-columns.ts';

/** What simulated studies of a plan gave, beside what the plan says. */
export interface PlanCheck {
  readonly studies: number;
  /** Share of studies that found the gap. */
  readonly power: number;
  /** Mean and standard deviation of the estimated gap over studies, in Elo. */
  readonly meanElo: number;
  readonly sdElo: number;
}

/**
 * Runs a plan many times: a full round robin, raters who each do their number of comparisons in
 * random order, effects of raters and prompts on every arm, Davidson's model; ranked with two-way
 * intervals as in the product. The gap in the simulated truth is larger than the planned one by what
 * effects flatten, since the planned one is what a ranking shows.
 */
export function simulatePlan(plan: StudyPlan, studies: number, seed: number): PlanCheck {
  const { request } = plan;
  const truth = new Float64Array(request.arms);
  const facts = {
    raterSd: request.raterSdElo / ELO_PER_THETA,
    promptSd: request.promptSdElo / ELO_PER_THETA,
  };
  truth[0] = request.gapElo / ELO_PER_THETA / flattening(facts) / 2;
  truth[1] = -truth[0];
  const random = seededRandom(seed);
  let found = 0;
  let sum = 0;
  let squares = 0;
  for (let s = 0; s < studies; s++) {
    const votes = simulateStudy(plan, truth, facts, random);
    const estimate = estimateStrengths([{ votes, counts: countPairs(votes) }], {
      method: request.tieRate > 0 ? 'davidson' : 'bradley-terry',
      ties: 'half',
      intervals: undefined,
      ridge: undefined,
    });
    const { theta, vcov, df } = estimate;
    const k = request.arms;
    const gap = (theta[0] as number) - (theta[1] as number);
    const se = Math.sqrt((vcov[0] as number) + (vcov[k + 1] as number) - 2 * (vcov[1] as number));
    if (Math.abs(gap) > studentQuantile((1 + request.level) / 2, df) * se) found++;
    sum += gap;
    squares += gap * gap;
  }
  const mean = sum / studies;
  const sd = Math.sqrt(Math.max(0, squares / studies - mean * mean));
  return {
    studies,
    power: found / studies,
    meanElo: mean * ELO_PER_THETA,
    sdElo: sd * ELO_PER_THETA,
  };
}

function simulateStudy(
  { request, votesPerCell, raters }: StudyPlan,
  truth: Float64Array,
  { raterSd, promptSd }: { readonly raterSd: number; readonly promptSd: number },
  random: Random,
): VoteColumns {
  const k = request.arms;
  const perCell = votesPerCell ?? 0;
  const people = raters ?? 0;
  const effects = (rows: number, sd: number) =>
    Float64Array.from({ length: rows * k }, () => sd * random.normal());
  const byRater = effects(people, raterSd);
  const byPrompt = effects(request.prompts, promptSd);
  const nu = tieParameterOf(request.tieRate);
  const cells: [number, number, number][] = [];
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) {
      for (let p = 0; p < request.prompts; p++) cells.push([i, j, p]);
    }
  }
  const votes = cells.length * perCell;
  const columns: VoteColumns = {
    arms: Array.from({ length: k }, (_, i) => `arm-${i}`),
    raters: Array.from({ length: people }, (_, i) => `rater-${i}`),
    prompts: Array.from({ length: request.prompts }, (_, i) => `prompt-${i}`),
    left: new Int32Array(votes),
    right: new Int32Array(votes),
    outcome: new Uint8Array(votes),
    rater: new Int32Array(votes),
    prompt: new Int32Array(votes),
  };
  let v = 0;
  for (let round = 0; round < perCell; round++) {
    for (const [i, j, p] of shuffle(cells, random)) {
      const rater = Math.floor((v / votes) * people);
      const strength = (arm: number) =>
        (truth[arm] as number) +
        (byRater[rater * k + arm] as number) +
        (byPrompt[p * k + arm] as number);
      const u = strength(i) - strength(j);
      const left = Math.exp(u / 2);
      const right = Math.exp(-u / 2);
      const at = random.next() * (left + right + nu);
      columns.left[v] = i;
      columns.right[v] = j;
      columns.outcome[v] = at < left ? LEFT_WON : at < left + right ? RIGHT_WON : TIED;
      if (columns.rater) columns.rater[v] = rater;
      if (columns.prompt) columns.prompt[v] = p;
      v++;
    }
  }
  return columns;
}
