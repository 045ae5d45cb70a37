import { normalTwoSided } from '../numeric/normal-cdf.ts';
import { studentTwoSided } from '../numeric/student-cdf.ts';
import { studentQuantile } from '../numeric/student-quantile.ts';
import { ELO_PER_THETA } from '../ranking/elo-scale.ts';
import { jointCritical } from '../uncertainty/simultaneous.ts';
import {
  type CompleteRequest,
  completeRequest,
  MOST_VOTES_PER_CELL,
  type PlanRequest,
} from './plan-request.ts';
import { type DesignFacts, varianceParts } from './study-design.ts';

/** Counts are for one question. A cell is one pair of arms on one prompt. */
export interface StudyPlan {
  readonly request: CompleteRequest;
  /** False where no number of votes finds the gap, because the prompts are too few. */
  readonly isReachable: boolean;
  readonly pairsOfArms: number;
  readonly cells: number;
  readonly votesPerCell: number | null;
  readonly votesPerPair: number | null;
  /** What a study of whole votes per cell gathers. */
  readonly votes: number | null;
  /** What would be enough if a cell could have a fraction of a vote. */
  readonly leastVotes: number | null;
  readonly raters: number | null;
  /** What the whole votes per cell give, at least what was asked unless they were fixed. */
  readonly achievedPower: number | null;
  /** The expected standard error of the difference, in Elo. */
  readonly seElo: number | null;
  /** Without more prompts than this no number of votes would do; null where votes alone do. */
  readonly promptsAbove: number | null;
}

/**
 * How many votes and raters find a difference of `gapElo` between two arms with chance `power`: the
 * smallest whole number of votes a cell, in a round robin of all arms on all prompts.
 *
 * The two arms lie `gapElo` apart and the others in the middle of them. They are found to differ where
 * the interval of their difference, as the ranking gives it, leaves out zero: clustered by raters and
 * prompts, Student's t on the smaller number of both less one. Power is P(|T + gap / se| > critical)
 * with the error of `varianceParts`. For one pair named before; with `isJoint` the critical value is
 * that of the largest |t| over all pairs, mapped to t by its tail. One look, at the end: whoever looks
 * while the study runs needs about 1.5 times the critical value (see `anytimeCritical`).
 *
 * @throws AppError BAD_INPUT naming a value out of its range.
 */
export function planStudy(request: PlanRequest): StudyPlan {
  const full = completeRequest(request);
  const pairsOfArms = (full.arms * (full.arms - 1)) / 2;
  const cells = pairsOfArms * full.prompts;
  const powerAt = powerFunction(full);
  const least =
    full.votesPerCell ?? fewest((votes) => powerAt(votes).power >= full.power, MOST_VOTES_PER_CELL);
  const base = { request: full, pairsOfArms, cells };
  if (least === null) {
    return Object.freeze({
      ...base,
      isReachable: false,
      votesPerCell: null,
      votesPerPair: null,
      votes: null,
      leastVotes: null,
      raters: null,
      achievedPower: null,
      seElo: null,
      promptsAbove: promptsAbove(full),
    });
  }
  const { power, se, raters } = powerAt(least);
  return Object.freeze({
    ...base,
    isReachable: true,
    votesPerCell: least,
    votesPerPair: least * full.prompts,
    votes: least * cells,
    leastVotes:
      full.votesPerCell === null
        ? fewest((votes) => powerAt(votes / cells).power >= full.power, least * cells)
        : null,
    raters,
    achievedPower: power,
    seElo: se * ELO_PER_THETA,
    promptsAbove: null,
  });
}

/** Power, standard error and raters as a function of the votes a cell. */
function powerFunction(full: CompleteRequest) {
  const facts: DesignFacts = {
    arms: full.arms,
    prompts: full.prompts,
    gap: full.gapElo / ELO_PER_THETA,
    tieRate: full.tieRate,
    raterSd: full.raterSdElo / ELO_PER_THETA,
    promptSd: full.promptSdElo / ELO_PER_THETA,
    pairsPerRater: full.pairsPerRater,
  };
  const parts = varianceParts(facts);
  const cells = ((full.arms * (full.arms - 1)) / 2) * full.prompts;
  const z = full.isJoint ? jointNormal(full.arms, full.level) : null;
  return (votesPerCell: number) => {
    const raters = Math.ceil(Math.max(votesPerCell, (cells * votesPerCell) / full.pairsPerRater));
    const se = Math.sqrt(
      parts.byVotes / (votesPerCell * full.prompts) +
        parts.byRaters / raters +
        parts.byPrompts / full.prompts,
    );
    // One rater alone says nothing about others. With one prompt, intervals are by raters alone.
    if (raters < 2) return { power: 0, se, raters };
    const df = (full.prompts > 1 ? Math.min(raters, full.prompts) : raters) - 1;
    const critical =
      z === null
        ? studentQuantile((1 + full.level) / 2, df)
        : studentQuantile(1 - normalTwoSided(z) / 2, df);
    const shift = facts.gap / se;
    const power = upperTail(critical - shift, df) + upperTail(critical + shift, df);
    return { power, se, raters };
  };
}

/** P(T > t). */
function upperTail(t: number, df: number): number {
  const tail = studentTwoSided(t, df) / 2;
  return t < 0 ? 1 - tail : tail;
}

/** The quantile of the largest |z| over all pairs of equally well known arms. */
function jointNormal(arms: number, level: number): number {
  const vcov = new Float64Array(arms * arms).map((_, x) => (x % (arms + 1) === 0 ? 1 : 0));
  return jointCritical(vcov, arms, () => true, { level, df: Infinity, seed: 0 });
}

/** The smallest whole number that is enough, by doubling and halving; null beyond `most`. */
function fewest(isEnough: (count: number) => boolean, most: number): number | null {
  let high = 1;
  while (!isEnough(high)) {
    if (high > most) return null;
    high *= 2;
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The largest number of prompts with which even any number of votes is not enough. */
function promptsAbove(full: CompleteRequest): number | null {
  const above = fewest(
    (prompts) => powerFunction({ ...full, prompts })(MOST_VOTES_PER_CELL).power >= full.power,
    1e6,
  );
  return above === null ? null : above - 1;
}
