import { type Random, seededRandom } from '#lib/core/random.ts';
import type { Outcome } from '../schema.ts';
import type { QuestionTruth, Truth } from './truth.ts';

export type Behaviour = 'honest' | 'random' | 'left-only' | 'right-only' | 'promoter';

/** One simulated rater. */
export interface SimulatedRater {
  readonly seed: string;
  readonly behaviour: Behaviour;
  readonly random: Random;
}

/** The simulated rater of a number; the same seed and number give the same one. */
export function simulatedRater(truth: Truth, seed: number, index: number): SimulatedRater {
  const name = `simulated ${seed} ${index}`;
  const random = seededRandom(name);
  const { careless } = truth;
  const shares: readonly (readonly [Behaviour, number])[] = [
    ['random', careless.random],
    ['left-only', careless.leftOnly],
    ['right-only', careless.rightOnly],
    ['promoter', careless.promoter?.share ?? 0],
  ];
  let rest = random.next();
  const found = shares.find(([, share]) => {
    rest -= share;
    return rest < 0;
  });
  const behaviour = found?.[0] ?? 'honest';
  return { seed: name, behaviour, random };
}

export interface SimulatedChoice {
  readonly question: number;
  readonly prompt: string;
  /** Names of the two arms as they are shown. */
  readonly left: string;
  readonly right: string;
}

export interface SimulatedAnswer {
  readonly outcome: Outcome;
  readonly decisionMs: number;
  /** Of both videos. */
  readonly plays: number;
  readonly watched: number;
}

/** A log-normal spread of times, as reaction times have. */
const TIME_SPREAD = 0.5;
const CARELESS_MS = { least: 250, most: 1500 };

/**
 * What a simulated rater answers. Promoters take their arm wherever it is shown and are honest
 * elsewhere. Honest raters follow Davidson's model with strengths that are the
 * arm's theta, plus this rater's and this prompt's normal deviations for it:
 * P(tie) = nu sqrt(pl pr) / (pl + pr + nu sqrt(pl pr)), p = exp(strength) (Davidson 1970).
 */
export function answer(
  truth: Truth,
  questions: readonly QuestionTruth[],
  seed: number,
  rater: SimulatedRater,
  choice: SimulatedChoice,
  allowTies: boolean,
): SimulatedAnswer {
  const { random, behaviour } = rater;
  if (behaviour !== 'honest' && behaviour !== 'promoter') {
    const outcomes: readonly Outcome[] = allowTies ? ['left', 'right', 'tie'] : ['left', 'right'];
    const outcome =
      behaviour === 'left-only'
        ? 'left'
        : behaviour === 'right-only'
          ? 'right'
          : (outcomes[random.integer(outcomes.length)] ?? 'left');
    const decisionMs = CARELESS_MS.least + random.integer(CARELESS_MS.most - CARELESS_MS.least);
    return { outcome, decisionMs, plays: 0, watched: Math.round(random.next() * 100) / 100 };
  }
  const { theta, nu } = questions[choice.question] ?? { theta: new Map<string, number>(), nu: 0 };
  const strength = (arm: string): number =>
    (theta.get(arm) ?? 0) +
    deviation(`rater ${rater.seed} ${choice.question} ${arm}`, truth.raterSpread) +
    deviation(`prompt ${seed} ${choice.prompt} ${choice.question} ${arm}`, truth.promptSpread);
  const lead = strength(choice.left) - strength(choice.right) + truth.leftBias;
  // Divided by sqrt(pl pr), so that no exponential grows large on both sides.
  const left = Math.exp(lead / 2);
  const right = Math.exp(-lead / 2);
  const draw = random.next() * (left + right + nu);
  const seen = draw < left ? 'left' : draw < left + right ? 'right' : 'tie';
  const outcome = behaviour === 'promoter' ? (promotedSide(truth, choice) ?? seen) : seen;
  const decisionMs = Math.round(
    truth.decisionSeconds * 1000 * Math.exp(TIME_SPREAD * random.normal()),
  );
  return { outcome, decisionMs, plays: 1 + random.integer(3), watched: 1 };
}

/** Where the promoted arm stands, if it is shown. */
function promotedSide(truth: Truth, { left, right }: SimulatedChoice): 'left' | 'right' | null {
  const arm = truth.careless.promoter?.arm;
  return arm === left ? 'left' : arm === right ? 'right' : null;
}

/** A normal deviation that belongs to a name: the same each time it is asked for. */
function deviation(name: string, spread: number): number {
  return spread === 0 ? 0 : spread * seededRandom(name).normal();
}
