import { raterFlags } from '#lib/statistics/raters/rater-flags.ts';
import { collectVotes } from '#lib/statistics/votes/vote-columns.ts';
import { type Behaviour, simulatedRater } from '#lib/studies/simulation/answer.ts';
import { simulateVotes } from '#lib/studies/simulation/simulate-votes.ts';
import { truthSchema } from '#lib/studies/simulation/truth.ts';

/** Studies with careless raters among honest ones, who differ in taste, as prompts do. */
export interface CarelessStudy {
  readonly arms: number;
  /** Elo between the strongest and the weakest arm; the others are evenly between. */
  readonly spanElo: number;
  /** Davidson's nu. */
  readonly nu: number;
  readonly votesPerRater: number;
  /** Standard deviation of tastes and of prompts' effects, natural-log units. */
  readonly spread: number;
  readonly careless: {
    readonly random?: number;
    readonly leftOnly?: number;
    readonly rightOnly?: number;
    /** Promotes the arm of this place, 0 the strongest. */
    readonly promoter?: { readonly share: number; readonly arm: number };
  };
}

export interface FlaggedShare {
  readonly raters: number;
  readonly flagged: number;
}

const RATERS = 40;

/** How many raters of each behaviour are flagged, over simulated studies of 40 raters. */
export function flagSimulatedRaters(
  study: CarelessStudy,
  studies: number,
  seed: number,
): ReadonlyMap<Behaviour, FlaggedShare> {
  const names = Array.from({ length: study.arms }, (_, i) => `arm-${i}`);
  const elo = names.map((name, i) => [name, -(study.spanElo * i) / (study.arms - 1)] as const);
  const { promoter, ...careless } = study.careless;
  const promoted = promoter ? { share: promoter.share, arm: `arm-${promoter.arm}` } : undefined;
  const truth = truthSchema.parse({
    questions: { look: { elo: Object.fromEntries(elo), tie: study.nu } },
    raterSpread: study.spread,
    promptSpread: study.spread,
    leftBias: 0.1,
    careless: { ...careless, promoter: promoted },
  });
  const found = new Map<Behaviour, { raters: number; flagged: number }>();
  for (let s = 0; s < studies; s++) {
    const own = seed * 100_000 + s;
    const collector = collectVotes(names);
    const plan = { truth, prompts: 64, raters: RATERS, allowTies: study.nu > 0, seed: own };
    for (const vote of simulateVotes({ ...plan, votes: RATERS * study.votesPerRater })) {
      collector.add(vote);
    }
    for (const { rater, flags } of raterFlags([collector.columns()])) {
      const index = Number(rater.slice(rater.lastIndexOf('-') + 1));
      const { behaviour } = simulatedRater(truth, own, index);
      const share = found.get(behaviour) ?? { raters: 0, flagged: 0 };
      found.set(behaviour, share);
      share.raters++;
      if (flags.length > 0) share.flagged++;
    }
  }
  return found;
}

/** The goals of V5 and V6: the least share flagged, for honest raters the most. */
export const FLAG_GOALS: Readonly<Record<Behaviour, number>> = {
  honest: 0.05,
  random: 0.85,
  'left-only': 0.99,
  'right-only': 0.99,
  promoter: 0.8,
};

/** Whether a share is on the right side of its goal. */
export function meetsGoal(behaviour: Behaviour, { raters, flagged }: FlaggedShare): boolean {
  const share = flagged / raters;
  return behaviour === 'honest' ? share <= FLAG_GOALS.honest : share >= FLAG_GOALS[behaviour];
}
