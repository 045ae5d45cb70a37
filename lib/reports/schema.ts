import * as z from 'zod';
import { axisSchema } from '#lib/studies/schema.ts';
import { exclusionSchema } from '#lib/studies/votes/schema.ts';

export const rankingMethodSchema = z.enum([
  'davidson',
  'bradley-terry',
  'rao-kupper',
  'elo-paper',
  'elo',
]);
export type RankingMethod = z.infer<typeof rankingMethodSchema>;

/** A question's position, or the mean of all questions. */
export const questionChoiceSchema = z.union([z.literal('mean'), z.coerce.number().int().min(0)]);
export type QuestionChoice = z.infer<typeof questionChoiceSchema>;

const maybe = z.number().nullable();

export const rankedArmSchema = z.object({
  name: z.string(),
  theta: maybe,
  se: maybe,
  elo: z.number(),
  eloLow: maybe,
  eloHigh: maybe,
  rankLow: maybe,
  rankHigh: maybe,
  tier: maybe,
  pBest: maybe,
  wins: z.number(),
  losses: z.number(),
  ties: z.number(),
  component: z.number(),
  provisional: z.boolean(),
  /** Only from `elo-paper`: over its shuffled passes, and the limit over all orders. */
  mean: z.number().optional(),
  median: z.number().optional(),
  q025: z.number().optional(),
  q975: z.number().optional(),
  limit: z.number().optional(),
});
/** An arm as the report shows it: with its win share, ties as half, and Wilson's interval. */
export const rankedArmViewSchema = rankedArmSchema.extend({
  winShare: maybe,
  winShareLow: z.number(),
  winShareHigh: z.number(),
});
export type RankedArmView = z.infer<typeof rankedArmViewSchema>;

/** Of the votes of one pair of arms: how often `a` won, `b` won, and neither. */
export const pairCountSchema = z.object({
  a: z.string(),
  b: z.string(),
  aWins: z.int(),
  bWins: z.int(),
  ties: z.int(),
});
export type PairCountView = z.infer<typeof pairCountSchema>;

export const warningSchema = z.object({ code: z.string(), message: z.string() });

/** One ranking as it was computed; kept as the snapshot's `result`. */
export const rankingResultSchema = z.object({
  arms: z.array(rankedArmSchema),
  pairs: z.array(pairCountSchema),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  vcov: z.array(z.array(z.number())).nullable(),
  tieParameter: maybe,
  degreesOfFreedom: maybe,
  components: z.array(z.array(z.string())),
  warnings: z.array(warningSchema),
});
export type RankingResult = z.infer<typeof rankingResultSchema>;

export const snapshotSchema = rankingResultSchema.extend({
  arms: z.array(rankedArmViewSchema),
  id: z.int(),
  question: z.int().nullable(),
  method: rankingMethodSchema,
  version: z.string(),
  seed: z.int(),
  watermark: z.string(),
  exclusion: exclusionSchema,
  votes: z.int(),
  createdAt: z.iso.datetime(),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

export const figureNameSchema = z.enum([
  'curve',
  'leaderboard',
  'win-shares',
  'wins',
  'differences',
  'steps',
  'prompts',
  'sensitivity',
  'metric',
]);
export type FigureName = z.infer<typeof figureNameSchema>;

/** What every report says of its study. */
export const studyHeadSchema = z.object({
  id: z.int(),
  slug: z.string(),
  title: z.string(),
  revision: z.int(),
  kind: z.enum(['video', 'caption']),
  state: z.enum(['draft', 'running', 'paused', 'closed']),
  axis: axisSchema.nullable(),
  allowTies: z.boolean(),
});
export type StudyHead = z.infer<typeof studyHeadSchema>;

/** Which moment of the votes a report shows. */
export const snapshotHeadSchema = z.object({
  id: z.int(),
  version: z.string(),
  seed: z.int(),
  watermark: z.string(),
  exclusion: exclusionSchema,
  /** Votes in the rankings, all questions together. */
  votes: z.int(),
  createdAt: z.iso.datetime(),
  /** False: an earlier moment than the newest one under the study's present vote sources. */
  isNewest: z.boolean(),
});
export type SnapshotHead = z.infer<typeof snapshotHeadSchema>;

/**
 * What an arm is on an axis. `level`: a point of its curve. `control`: a random drop, at its level but
 * not on the curve. `replica`: the checkpoint of another arm again. `other`: at no level.
 */
export const armRoleSchema = z.enum(['level', 'control', 'replica', 'other']);
export type ArmRole = z.infer<typeof armRoleSchema>;

/** A share with its interval, all in [0, 1]; null where nothing was counted. */
export const shareSchema = z.object({ share: maybe, low: maybe, high: maybe });
export type ShareView = z.infer<typeof shareSchema>;
