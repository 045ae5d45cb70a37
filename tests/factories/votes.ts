import { type Random, seededRandom } from '#lib/core/random.ts';
import {
  collectVotes,
  type Outcome,
  type VoteColumns,
} from '#lib/statistics/votes/vote-columns.ts';

/** Votes from rows of [first, second, first wins, second wins, ties], as in tests/golden. */
export function votesOfCounts(rows: readonly (readonly (string | number)[])[]): VoteColumns {
  const collector = collectVotes();
  for (const [left, right, ...counts] of rows) {
    (['left', 'right', 'tie'] as const).forEach((outcome, o) => {
      for (let n = 0; n < Number(counts[o]); n++) {
        collector.add({ left: String(left), right: String(right), outcome });
      }
    });
  }
  return collector.columns();
}

/** Votes from rows of [left, right, outcome]. */
export function votesOfRows(rows: readonly (readonly string[])[]): VoteColumns {
  const collector = collectVotes();
  for (const [left = '', right = '', outcome = ''] of rows) {
    collector.add({ left, right, outcome: outcome as Outcome });
  }
  return collector.columns();
}

export interface SimulatedVotes {
  readonly arms: number;
  readonly votes: number;
  readonly raters?: number;
  readonly prompts?: number;
  readonly seed: number;
  /** Natural-log strength of the last arm over the first; arms between are evenly spaced. */
  readonly span?: number;
  /** Davidson's nu; 0 makes no ties. */
  readonly nu?: number;
  /** Standard deviation of what raters and prompts add to the strength of each arm. */
  readonly effects?: number;
}

/** Votes of simulated raters over random pairs, Davidson's model, with rater and prompt effects. */
export function simulatedVotes(plan: SimulatedVotes): VoteColumns {
  const random = seededRandom(plan.seed);
  const { arms, raters = 30, prompts = 20, span = 1, nu = 0.3, effects = 0 } = plan;
  const names = Array.from({ length: arms }, (_, i) => `arm-${String(i).padStart(3, '0')}`);
  const table = (rows: number) =>
    Float64Array.from({ length: rows * arms }, () => effects * random.normal());
  const byRater = table(raters);
  const byPrompt = table(prompts);
  const collector = collectVotes(names);
  for (let v = 0; v < plan.votes; v++) {
    const a = random.integer(arms);
    const b = (a + 1 + random.integer(arms - 1)) % arms;
    const rater = random.integer(raters);
    const prompt = random.integer(prompts);
    const strength = (arm: number) =>
      (span * arm) / Math.max(1, arms - 1) +
      (byRater[rater * arms + arm] as number) +
      (byPrompt[prompt * arms + arm] as number);
    collector.add({
      left: names[a] as string,
      right: names[b] as string,
      outcome: drawOutcome(strength(a) - strength(b), nu, random),
      rater: `rater-${rater}`,
      prompt: `prompt-${prompt}`,
    });
  }
  return collector.columns();
}

function drawOutcome(u: number, nu: number, random: Random): Outcome {
  const left = Math.exp(u / 2);
  const right = Math.exp(-u / 2);
  const at = random.next() * (left + right + nu);
  return at < left ? 'left' : at < left + right ? 'right' : 'tie';
}
