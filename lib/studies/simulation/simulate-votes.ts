import { seededRandom, shuffle } from '#lib/core/random.ts';
import { marksOf, type VoteMark } from '../rating/vote-marks.ts';
import type { Outcome } from '../schema.ts';
import { answer, simulatedRater } from './answer.ts';
import { type Truth, truthOfStudy } from './truth.ts';

export interface VotesPlan {
  readonly truth: Truth;
  /** Answers in all; a pair that is shown gives one to each question. */
  readonly votes: number;
  readonly prompts: number;
  readonly raters: number;
  readonly allowTies: boolean;
  readonly seed: number;
}

/** One simulated vote by name. */
export interface SimulatedVote {
  readonly left: string;
  readonly right: string;
  readonly outcome: Outcome;
  readonly question: string;
  readonly prompt: string;
  readonly rater: string;
  readonly decisionMs: number;
  readonly marks: readonly VoteMark[];
}

/** When a vote is marked, as in a study that changes nothing. */
const RULES = { tooFastSeconds: 1, requireFullPlay: true };

/**
 * Votes of simulated raters without a study: a balanced round robin, every pair of arms on every
 * prompt in a random order, then all of it again with the sides turned. Each rater takes an
 * equal share in a row. The same plan gives the same votes.
 *
 * @throws AppError BAD_INPUT for a truth whose questions name different arms.
 */
export function* simulateVotes(plan: VotesPlan): Generator<SimulatedVote> {
  const { truth, seed, allowTies } = plan;
  const keys = Object.keys(truth.questions);
  const [first] = Object.values(truth.questions);
  const arms = Object.keys(first?.theta ?? first?.elo ?? {});
  const questions = truthOfStudy(truth, {
    questions: keys.map((key) => ({ key })),
    arms: arms.map((name) => ({ name })),
    allowTies,
  });
  const shown = Math.ceil(plan.votes / Math.max(1, keys.length));
  const comparisons = roundRobin(arms, plan.prompts, seed);
  let votes = 0;
  let index = -1;
  let rater = simulatedRater(truth, seed, 0);
  for (let s = 0; s < shown; s++) {
    const own = Math.floor((s * plan.raters) / shown);
    if (own !== index) rater = simulatedRater(truth, seed, own);
    index = own;
    const { value: comparison } = comparisons.next();
    if (!comparison) return;
    for (let question = 0; question < keys.length && votes < plan.votes; question++, votes++) {
      const choice = { question, ...comparison };
      const { outcome, decisionMs, plays, watched } = answer(
        ...([truth, questions, seed, rater, choice, allowTies] as const),
      );
      const seen = { playsLeft: plays, playsRight: plays, watchedLeft: watched };
      const marks = marksOf({ ...seen, watchedRight: watched, decisionMs }, RULES);
      const name = `simulated-${seed}-${index}`;
      const key = keys[question] as string;
      yield { ...comparison, outcome, question: key, rater: name, decisionMs, marks };
    }
  }
}

interface Comparison {
  readonly prompt: string;
  readonly left: string;
  readonly right: string;
}

function* roundRobin(
  arms: readonly string[],
  prompts: number,
  seed: number,
): Generator<Comparison, undefined> {
  const random = seededRandom(`round robin ${seed}`);
  const cells = arms.flatMap((a, i) =>
    arms.slice(i + 1).flatMap((b) =>
      Array.from({ length: prompts }, (_, p) => ({
        ...{ prompt: `prompt-${p}`, a, b },
        aIsLeft: random.next() < 0.5,
      })),
    ),
  );
  while (cells.length > 0) {
    for (const cell of shuffle(cells, random)) {
      const { prompt, a, b, aIsLeft } = cell;
      yield aIsLeft ? { prompt, left: a, right: b } : { prompt, left: b, right: a };
      cell.aIsLeft = !aIsLeft;
    }
  }
}
