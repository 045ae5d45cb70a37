import { type Fitted, fitQuestion, type ModelChoice } from '../models/fit-question.ts';
import { recodeArms } from '../ranking/rank.ts';
import { type PairCounts, pairCountsOf, total } from '../votes/pair-counts.ts';
import type { VoteColumns } from '../votes/vote-columns.ts';
import { countByRater, type RaterCells } from './rater-cells.ts';

/** What the strengths become without one rater or one prompt. */
export interface LeftOut {
  readonly name: string;
  readonly votes: number;
  /** Strength without it minus strength with it, natural-log units, for every arm. */
  readonly change: readonly { readonly name: string; readonly theta: number }[];
  /** Whether any two arms change places. */
  readonly rankChanges: boolean;
  /** Whether another arm comes first. */
  readonly topChanges: boolean;
}

/** Up to this many operations every fit is made again, else it is one Newton step away. */
const MOST_WORK = 4e9;
const NEWTON_STEPS = 8;
const NO_VOTE = 1e-9;

/**
 * Leaves out every rater or every prompt in turn and fits again from pair counts less its own, so that
 * the cost of each does not depend on the votes. Where that is too much (many arms and many raters),
 * the change is that of one Newton step from the fit with everybody (Pregibon 1981), which is right to
 * first order. Strengths are the mean over the questions, as `rankQuestions` has them.
 *
 * @param mostWork operations beyond which fits are approximated.
 * @returns most influential first (by the largest change of any arm); votes that name none are never
 *   left out.
 */
export function leaveOneOut(
  questions: readonly VoteColumns[],
  settings: ModelChoice,
  kind: 'rater' | 'prompt',
  mostWork = MOST_WORK,
): readonly LeftOut[] {
  const arms = [...new Set(questions.flatMap((votes) => votes.arms))].sort();
  const names = [
    ...new Set(questions.flatMap((votes) => (kind === 'rater' ? votes.raters : votes.prompts))),
  ];
  const isExact =
    names.length * questions.length * NEWTON_STEPS * (arms.length + 1) ** 3 < mostWork;
  const layers = questions.map((votes) =>
    layerOf(recodeArms(byCluster(votes, kind), arms), settings, isExact),
  );
  const before = mean(layers.map((layer) => layer.theta));
  const order = ranksOf(before);
  const left = names.map((name): LeftOut => {
    const parts = layers.map((layer) => layer.without(name));
    const after = mean(parts.map(({ theta }) => theta));
    const places = ranksOf(after);
    return {
      name,
      votes: parts.reduce((sum, { votes }) => sum + votes, 0),
      change: arms.map((arm, i) => ({
        name: arm,
        theta: (after[i] as number) - (before[i] as number),
      })),
      rankChanges: places.some((arm, place) => arm !== order[place]),
      topChanges: places[0] !== order[0],
    };
  });
  return Object.freeze(
    left
      .map((own) => Object.freeze(own))
      .sort((a, b) => largest(b) - largest(a) || (a.name < b.name ? -1 : 1)),
  );
}

/** The same votes with their prompts in the place of their raters, if those are left out. */
function byCluster(votes: VoteColumns, kind: 'rater' | 'prompt'): VoteColumns {
  return kind === 'rater' ? votes : { ...votes, raters: votes.prompts, rater: votes.prompt };
}

function layerOf(votes: VoteColumns, settings: ModelChoice, isExact: boolean) {
  // Scaled to a mean of 1, as `weightPairs` has them.
  const weight = votes.weight ?? null;
  const scale = weight ? weight.length / total(weight) : 1;
  const cells = countByRater(
    votes,
    weight?.map((value) => value * scale),
  );
  const counted = votesByCluster(votes);
  const size = votes.arms.length;
  const wins = new Float64Array(size * size);
  const ties = new Float64Array(size * size);
  const addAll = (from: number, to: number, sign: number) => {
    for (let c = from; c < to; c++) addCell(cells, c, sign, size, wins, ties);
  };
  addAll(0, cells.left.length, 1);
  const fitAgain = (counts: PairCounts) => fitQuestion(counts, settings, () => undefined);
  const counts = pairCountsOf(size, wins, ties);
  const whole = fitAgain(counts);
  const place = new Map(votes.raters.map((name, r) => [name, r]));
  return {
    theta: whole.fit.theta,
    without(name: string): { theta: Float64Array; votes: number } {
      const r = place.get(name);
      if (r === undefined) return { theta: whole.fit.theta, votes: 0 };
      const from = cells.starts[r] as number;
      const to = cells.starts[r + 1] as number;
      const own = counted[r] as number;
      if (!isExact) return { theta: oneStep(cells, from, to, counts, whole), votes: own };
      addAll(from, to, -1);
      const { theta } = fitAgain(pairCountsOf(size, wins, ties)).fit;
      addAll(from, to, 1);
      return { theta, votes: own };
    },
  };
}

function votesByCluster({ raters, rater }: VoteColumns): Int32Array {
  const counted = new Int32Array(raters.length);
  for (const r of rater ?? []) if (r >= 0) counted[r] = (counted[r] as number) + 1;
  return counted;
}

function addCell(
  cells: RaterCells,
  c: number,
  sign: number,
  size: number,
  wins: Float64Array,
  ties: Float64Array,
): void {
  const left = cells.left[c] as number;
  const right = cells.right[c] as number;
  const add = (to: Float64Array, index: number, value: number) => {
    const rest = (to[index] as number) + sign * value;
    // What rounding leaves of weights is no vote.
    to[index] = Math.abs(rest) < NO_VOTE ? 0 : rest;
  };
  add(wins, left * size + right, cells.leftWins[c] as number);
  add(wins, right * size + left, cells.rightWins[c] as number);
  add(ties, Math.min(left, right) * size + Math.max(left, right), cells.ties[c] as number);
}

/** theta - H^-1 s, s the score of the votes that are left out. */
function oneStep(
  cells: RaterCells,
  from: number,
  to: number,
  counts: PairCounts,
  { fit }: Fitted,
): Float64Array {
  const { size } = counts;
  const n = fit.parameters;
  const score = new Float64Array(n);
  for (let c = from; c < to; c++) {
    const left = cells.left[c] as number;
    const right = cells.right[c] as number;
    const pair = (counts.pairOf[left * size + right] as number) * 6;
    const isFirst = left < right;
    const wins = isFirst ? cells.leftWins : cells.rightWins;
    const losses = isFirst ? cells.rightWins : cells.leftWins;
    [wins, losses, cells.ties].forEach((column, outcome) => {
      const votes = column[c] as number;
      const byU = votes * (fit.scores[pair + outcome * 2] as number);
      const first = Math.min(left, right);
      const second = Math.max(left, right);
      score[first] = (score[first] as number) + byU;
      score[second] = (score[second] as number) - byU;
      if (n > size) {
        score[size] =
          (score[size] as number) + votes * (fit.scores[pair + outcome * 2 + 1] as number);
      }
    });
  }
  return fit.theta.map((theta, i) => {
    let move = 0;
    for (let j = 0; j < n; j++) move += (fit.inverse[i * n + j] as number) * (score[j] as number);
    return theta - move;
  });
}

function mean(parts: readonly Float64Array[]): Float64Array {
  const size = parts[0]?.length ?? 0;
  return Float64Array.from({ length: size }, (_, i) =>
    parts.reduce((sum, part) => sum + (part[i] as number) / parts.length, 0),
  );
}

/** Arms (their indices), strongest first. */
function ranksOf(theta: Float64Array): number[] {
  return Array.from(theta, (_, i) => i).sort(
    (a, b) => (theta[b] as number) - (theta[a] as number) || a - b,
  );
}

function largest({ change }: LeftOut): number {
  return change.reduce((most, { theta }) => Math.max(most, Math.abs(theta)), 0);
}
