import * as z from 'zod';
import { studyStateSchema } from '#lib/studies/schema.ts';
import { voteBreakdownSchema } from '#lib/studies/votes/schema.ts';
import { stepGainSchema } from '../analysis/schema.ts';
import { adviceViewSchema } from '../decisions/schema.ts';
import {
  armRoleSchema,
  rankingMethodSchema,
  snapshotHeadSchema,
  studyHeadSchema,
  warningSchema,
} from '../schema.ts';

const maybe = z.number().nullable();

/**
 * One arm on the axis. Differences are in Elo points and to the reference arm, with the interval of
 * this one difference (`low` to `high`) and the one that holds for all at once (`jointLow` to
 * `jointHigh`); null for the reference itself, where the method has no intervals, and where the two
 * never met.
 */
export const axisPointSchema = z.object({
  arm: z.string(),
  role: armRoleSchema.exclude(['other']),
  /** As in the study: a removed fraction lies in [0, 1). */
  level: z.number(),
  isReference: z.boolean(),
  clips: z.int().nullable(),
  /** Share of the clips that is left, in [0, 1]. */
  kept: maybe,
  elo: z.number(),
  difference: maybe,
  low: maybe,
  high: maybe,
  jointLow: maybe,
  jointHigh: maybe,
  p: maybe,
  /** Among the arms of role `level` alone; null for others. */
  pBest: maybe,
  rankLow: z.int().nullable(),
  rankHigh: z.int().nullable(),
  tier: z.int().nullable(),
  provisional: z.boolean(),
  votes: z.int(),
  /** Of its votes, ties as half; the interval is there in a study of two arms, where it stands for Elo. */
  winShare: maybe,
  winShareLow: maybe,
  winShareHigh: maybe,
});
export type AxisPoint = z.infer<typeof axisPointSchema>;

/** In natural-log units, as `winnow rank` prints them. */
export const axisContrastSchema = z.object({
  name: z.enum(['linear', 'quadratic', 'omnibus']),
  estimate: z.number(),
  se: maybe,
  z: maybe,
  p: maybe,
  /** By the degrees of freedom of the clusters: the one to report. */
  pSmallSample: maybe,
  df: maybe,
});
export type AxisContrast = z.infer<typeof axisContrastSchema>;

/** A finding as a sentence. */
export const axisWordsSchema = z.object({
  code: z.enum([
    'best',
    'share',
    'difference',
    'trend',
    'peak',
    'dip',
    'no-trend',
    'tiers',
    'control',
    'replica',
    'unresolved',
    'resolved',
    'provisional',
    'no-intervals',
    'nothing-to-compare',
  ]),
  text: z.string(),
  /** The arm that it is about. */
  arm: z.string().nullable(),
});
export type AxisWords = z.infer<typeof axisWordsSchema>;

/** Two arms on the axis that the votes do not tell apart, all pairs judged at once. */
export const unresolvedPairSchema = z.object({
  a: z.string(),
  b: z.string(),
  /** a less b in Elo points, with the interval that holds for all pairs at once. */
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  /** About how many more votes would tell them apart; null where no realistic number would. */
  moreVotes: z.int().nullable(),
});

export type UnresolvedPair = z.infer<typeof unresolvedPairSchema>;

export const axisCurveSchema = z.object({
  /** The question's position; null for the mean of all. */
  question: z.int().nullable(),
  key: z.string().nullable(),
  wording: z.string(),
  votes: z.int(),
  /** By level; at one level the arm on the curve first, then controls and replicas. */
  points: z.array(axisPointSchema),
  contrasts: z.array(axisContrastSchema),
  words: z.array(axisWordsSchema),
  unresolved: z.array(unresolvedPairSchema),
  warnings: z.array(warningSchema),
});
export type AxisCurve = z.infer<typeof axisCurveSchema>;

export const axisReportSchema = z.object({
  study: studyHeadSchema,
  method: rankingMethodSchema,
  /** The arm of the smallest level, of role `level`: unfiltered, where the axis is one of filters. */
  reference: z.string().nullable(),
  /** A study of two arms: show the win share of `points`, never Elo. */
  isTwoArms: z.boolean(),
  snapshot: snapshotHeadSchema.nullable(),
  breakdown: voteBreakdownSchema,
  /** One a question in their order, then the mean where there are several. Empty before the first vote. */
  curves: z.array(axisCurveSchema),
  /**
   * On an axis of training steps, in the place of curves: at each step the series' Elo gain over the
   * lowest. One a question, then the mean.
   */
  steps: z.array(stepGainSchema),
  /**
   * What the study's rule says of this snapshot; always by the method that decides, whichever one is
   * looked at. Null before the first vote and where there are no levels to decide between.
   */
  advice: adviceViewSchema.nullable(),
  warnings: z.array(warningSchema),
  /** A newer vote than the snapshot's watermark is waiting to be ranked. */
  isStale: z.boolean(),
});
export type AxisReport = z.infer<typeof axisReportSchema>;

/** The newest decision of a study on its axis. */
export const decisionHeadSchema = z.object({
  arm: z.string().nullable(),
  level: maybe,
  reason: z.string(),
  by: z.string().nullable(),
  at: z.iso.datetime(),
  snapshot: z.int(),
  /** Newer votes than its own speak against it. */
  isOutdated: z.boolean(),
  reasons: z.array(z.string()),
});
export type DecisionHead = z.infer<typeof decisionHeadSchema>;

/** One study in the project's overview of all its axes: what small multiples need. */
export const projectAxisSchema = z.object({
  slug: z.string(),
  title: z.string(),
  revision: z.int(),
  kind: z.enum(['video', 'caption']),
  state: studyStateSchema,
  axis: studyHeadSchema.shape.axis.unwrap(),
  method: rankingMethodSchema,
  reference: z.string().nullable(),
  isTwoArms: z.boolean(),
  snapshot: snapshotHeadSchema.nullable(),
  votes: z.int(),
  /** As in the axis report; the last is the mean where there are several questions. */
  curves: z.array(axisCurveSchema),
  steps: z.array(stepGainSchema),
  advice: adviceViewSchema.nullable(),
  decision: decisionHeadSchema.nullable(),
  warnings: z.array(warningSchema),
  isStale: z.boolean(),
});
export type ProjectAxis = z.infer<typeof projectAxisSchema>;

export const projectReportSchema = z.object({ axes: z.array(projectAxisSchema) });
export type ProjectReport = z.infer<typeof projectReportSchema>;
