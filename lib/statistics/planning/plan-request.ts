import { AppError } from '#lib/core/errors.ts';

/** What is asked of a study. Elo points where the name says so; the rest as in `DesignFacts`. */
export interface PlanRequest {
  readonly arms: number;
  /** The difference that shall be found, as the ranking shows it. */
  readonly gapElo: number;
  /** The chance to find it. */
  readonly power: number;
  readonly prompts: number;
  /** Of the interval that has to leave out zero; default 0.95. */
  readonly level?: number | undefined;
  /** Share of ties between equal arms; default 0. */
  readonly tieRate?: number | undefined;
  /** How much raters differ in how strong they find each arm (standard deviation); default 0. */
  readonly raterSdElo?: number | undefined;
  /** The same for prompts; default 0. */
  readonly promptSdElo?: number | undefined;
  /** Default 30. */
  readonly pairsPerRater?: number | undefined;
  /** Fixes the votes a comparison, and asks for the power that they give. */
  readonly votesPerCell?: number | undefined;
  /** Hold the level for all pairs of arms at once; default false: for one pair named before. */
  readonly isJoint?: boolean | undefined;
}

export type CompleteRequest = ReturnType<typeof completeRequest>;

export const MOST_VOTES_PER_CELL = 1e6;

/**
 * The request with its defaults.
 *
 * @throws AppError BAD_INPUT naming a value out of its range.
 */
export function completeRequest(request: PlanRequest) {
  const full = {
    arms: request.arms,
    gapElo: request.gapElo,
    power: request.power,
    prompts: request.prompts,
    level: request.level ?? 0.95,
    tieRate: request.tieRate ?? 0,
    raterSdElo: request.raterSdElo ?? 0,
    promptSdElo: request.promptSdElo ?? 0,
    pairsPerRater: request.pairsPerRater ?? 30,
    votesPerCell: request.votesPerCell ?? null,
    isJoint: request.isJoint ?? false,
  };
  const demand = (name: string, value: number, isRight: boolean, range: string) => {
    if (isRight) return;
    throw new AppError('BAD_INPUT', `The ${name} must be ${range}; got ${value}.`, {
      reason: 'plan',
      value: name,
    });
  };
  const isWhole = (value: number, from: number, to: number) =>
    Number.isInteger(value) && value >= from && value <= to;
  demand('number of arms', full.arms, isWhole(full.arms, 2, 300), 'a whole number from 2 to 300');
  demand(
    'number of prompts',
    full.prompts,
    isWhole(full.prompts, 1, 1e6),
    'a whole number from 1 to 1,000,000',
  );
  demand(
    'gap',
    full.gapElo,
    full.gapElo >= 0.1 && full.gapElo <= 2000,
    'between 0.1 and 2,000 Elo points',
  );
  demand('level', full.level, full.level >= 0.5 && full.level < 1, 'at least 0.5 and below 1');
  demand(
    'power',
    full.power,
    full.power > 1 - full.level && full.power < 1,
    'above 1 - level (which chance alone gives) and below 1',
  );
  demand(
    'share of ties',
    full.tieRate,
    full.tieRate >= 0 && full.tieRate <= 0.99,
    'between 0 and 0.99',
  );
  const isSpread = (value: number) => value >= 0 && value <= 2000;
  demand(
    'spread over raters',
    full.raterSdElo,
    isSpread(full.raterSdElo),
    'between 0 and 2,000 Elo points',
  );
  demand(
    'spread over prompts',
    full.promptSdElo,
    isSpread(full.promptSdElo),
    'between 0 and 2,000 Elo points',
  );
  demand(
    'number of pairs a rater',
    full.pairsPerRater,
    isWhole(full.pairsPerRater, 1, 1e5),
    'a whole number from 1 to 100,000',
  );
  if (full.votesPerCell !== null) {
    demand(
      'number of votes a comparison',
      full.votesPerCell,
      isWhole(full.votesPerCell, 1, MOST_VOTES_PER_CELL),
      'a whole number from 1 to 1,000,000',
    );
  }
  return Object.freeze(full);
}
