import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { ELO_PER_THETA } from '#lib/statistics/ranking/elo-scale.ts';
import type { StudySpec } from '../schema.ts';

const spread = z.number().min(0).max(10);
const share = z.number().min(0).max(1);
const strengths = z.record(z.string(), z.number().min(-10_000).max(10_000));

const questionTruthSchema = z
  .strictObject({
    /** Strengths by arm in natural-log units: a difference of 1 is won with odds of e to 1. */
    theta: strengths.optional(),
    /** The same in Elo points: a difference of 400 is won with odds of 10 to 1. */
    elo: strengths.optional(),
    /** Davidson's nu: 0 never ties; 1 ties a third of the time between equals. */
    tie: z.number().min(0).max(100).default(0),
  })
  .refine(({ theta, elo }) => (theta === undefined) !== (elo === undefined), {
    message: 'give the strengths of the arms as either theta or elo',
  });

/** What simulated raters believe and how they behave; docs/simulate.md explains it. */
export const truthSchema = z.strictObject({
  questions: z.record(z.string(), questionTruthSchema),
  /** Standard deviation of one rater's taste for an arm, and of a prompt's, in natural-log units. */
  raterSpread: spread.default(0),
  promptSpread: spread.default(0),
  /** Added to the left side's strength for every rater. */
  leftBias: z.number().min(-10).max(10).default(0),
  /** Shares of raters who don't look: any answer, or always one side; or who take one arm. */
  careless: z
    .strictObject({
      random: share.default(0),
      leftOnly: share.default(0),
      rightOnly: share.default(0),
      promoter: z.strictObject({ share, arm: z.string() }).optional(),
    })
    .refine(
      ({ random, leftOnly, rightOnly, promoter }) =>
        random + leftOnly + rightOnly + (promoter?.share ?? 0) <= 1,
      'the shares exceed all raters',
    )
    .prefault({}),
  /** The median time from both videos playing to the answer. */
  decisionSeconds: z.number().min(0.1).max(600).default(5),
});
export type Truth = z.output<typeof truthSchema>;

/** A question's strengths in natural-log units, by arm name, and its nu. */
export interface QuestionTruth {
  readonly theta: ReadonlyMap<string, number>;
  readonly nu: number;
}

/**
 * The truth about each question of a study, in the study's order.
 *
 * @throws AppError BAD_INPUT naming the question or arm that the truth lacks or does not know.
 */
export function truthOfStudy(
  truth: Truth,
  spec: {
    readonly questions: readonly Pick<StudySpec['questions'][number], 'key'>[];
    readonly arms: readonly Pick<StudySpec['arms'][number], 'name'>[];
    readonly allowTies: boolean;
  },
): readonly QuestionTruth[] {
  const arms = spec.arms.map((arm) => arm.name);
  refuseUnknown(
    'question',
    Object.keys(truth.questions),
    spec.questions.map(({ key }) => key),
  );
  const promoted = truth.careless.promoter?.arm;
  if (promoted !== undefined) refuseUnknown('arm', [promoted], arms);
  return spec.questions.map(({ key }) => {
    const stated = truth.questions[key];
    if (stated === undefined)
      throw new AppError('BAD_INPUT', `The truth says nothing about the question "${key}".`);
    const given = stated.theta ?? stated.elo ?? {};
    refuseUnknown('arm', Object.keys(given), arms);
    const theta = arms.map((name): [string, number] => {
      const value = given[name];
      if (value === undefined)
        throw new AppError(
          'BAD_INPUT',
          `The truth gives the arm "${name}" no strength for the question "${key}".`,
        );
      return [name, stated.theta ? value : value / ELO_PER_THETA];
    });
    return { theta: new Map(theta), nu: spec.allowTies ? stated.tie : 0 };
  });
}

function refuseUnknown(what: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new AppError(
      'BAD_INPUT',
      `The truth names the ${what} "${unknown}"; the study has ${known.map((name) => `"${name}"`).join(', ')}.`,
    );
}
