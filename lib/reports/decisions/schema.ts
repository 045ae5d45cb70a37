import * as z from 'zod';
import { axisSchema, decisionRuleSchema } from '#lib/studies/schema.ts';

const maybe = z.number().nullable();

/** An arm on the axis, in order of its level. Differences are in Elo points. */
export const armAdviceSchema = z.object({
  name: z.string(),
  level: z.number(),
  /** Among the arms on the axis alone. */
  pBest: maybe,
  /** This arm less the reference, with the interval of this one difference. */
  difference: maybe,
  low: maybe,
  high: maybe,
  /** Shown to be at most the margin worse than every other arm on the axis. */
  isWithinMargin: z.boolean(),
  /** Shown to be worse than the strongest arm. */
  isDistinguishable: z.boolean(),
});

/** What a rule recommends on one snapshot; differences are in Elo points. Kept with each decision. */
export const adviceSchema = z.object({
  verdict: z.enum(['resolved', 'not-resolved']),
  /** The arm to take; null until resolved. */
  recommendation: z.string().nullable(),
  /** What the rule would take as things stand. */
  leading: z.string().nullable(),
  /** The arm of the smallest level. */
  reference: z.string().nullable(),
  reason: z.object({
    code: z.enum(['separated', 'within-margin', 'open', 'provisional', 'nothing-to-compare']),
    arm: z.string().nullable(),
    against: z.string().nullable(),
    difference: maybe,
    low: maybe,
    high: maybe,
  }),
  /** About how many more votes until resolved; null where none can be said. */
  moreVotes: z.int().nullable(),
  perArm: z.array(armAdviceSchema),
});
export type Advice = z.infer<typeof adviceSchema>;

/** Advice with the rule that it follows, both also in words. */
export const adviceViewSchema = z.object({
  rule: decisionRuleSchema,
  /** "cheapest within 20 Elo of the best; the mean of all questions decides". */
  ruleText: z.string(),
  advice: adviceSchema,
  /** "Take 25 %. …" */
  text: z.string(),
});
export type AdviceView = z.infer<typeof adviceViewSchema>;

const reasonSchema = z.string().trim().min(1, 'say why').max(2000, 'use at most 2000 characters');

/** How far the shares of a mix may be from 1 together, for shares such as thirds. */
const SHARE_SLACK = 0.001;

/** The share of each captioner in the training set; those that are left out get none. */
export const mixSchema = z
  .array(z.object({ arm: z.string().max(120), share: z.number().positive().max(1) }))
  .min(1, 'give at least one captioner a share')
  .max(20)
  .refine((mix) => new Set(mix.map(({ arm }) => arm)).size === mix.length, {
    error: 'name each captioner once',
  })
  .refine((mix) => Math.abs(mix.reduce((sum, { share }) => sum + share, 0) - 1) <= SHARE_SLACK, {
    error: 'the shares have to make 100 % together',
  });
export type Mix = z.infer<typeof mixSchema>;

export const newDecisionSchema = z.object({
  /** The snapshot that was looked at. */
  snapshot: z.int(),
  /** The chosen arm; null leaves the axis undecided on purpose, or goes with a mix. */
  arm: z.string().max(120).nullable().default(null),
  /** Of a caption study, in place of an arm. */
  mix: mixSchema.nullable().default(null),
  reason: reasonSchema,
});
export type NewDecision = z.infer<typeof newDecisionSchema>;

export const decisionViewSchema = z.object({
  id: z.int(),
  arm: z.string().nullable(),
  /** Of the chosen arm; on an axis of removed fractions that fraction. */
  level: maybe,
  /** Of a caption study: null where it was left open. */
  mix: mixSchema.nullable(),
  reason: z.string(),
  /** Null for the command line and for people who are no longer known. */
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime(),
  snapshot: z.object({ id: z.int(), watermark: z.string(), createdAt: z.iso.datetime() }),
  /** Null for a mix, which no rule recommends. */
  advice: adviceViewSchema.nullable(),
});
export type DecisionView = z.infer<typeof decisionViewSchema>;

/** Why the newest decision should be looked at again; empty where nothing speaks against it. */
export const outdatedSchema = z.object({
  isOutdated: z.boolean(),
  reasons: z.array(z.string()),
});
export type Outdated = z.infer<typeof outdatedSchema>;

export const decisionsViewSchema = z.object({
  /** Whether there are levels of an axis to decide between. */
  hasAxis: z.boolean(),
  /** The captioners whose shares can be decided: those of a caption study without such levels. */
  captioners: z.array(z.string()),
  /** Whether the person who asks may decide. */
  canDecide: z.boolean(),
  /** The snapshot asked for, or the newest, and what the rule says of it; null before the first. */
  current: z
    .object({
      snapshot: z.object({ id: z.int(), watermark: z.string(), createdAt: z.iso.datetime() }),
      votes: z.int(),
      /** Null where a mix is decided. */
      advice: adviceViewSchema.nullable(),
    })
    .nullable(),
  /** Newest first; the first one holds. */
  decisions: z.array(decisionViewSchema),
  /** Of the first one, against the newest snapshot. */
  outdated: outdatedSchema,
});
export type DecisionsView = z.infer<typeof decisionsViewSchema>;

/** The captions that the training set is made of, as the newest decision on captioners says. */
export const decidedMixSchema = z.object({
  study: z.string(),
  revision: z.int(),
  /** The captioner by its arm, with the column of the clip table that it is. */
  columns: z.array(z.object({ arm: z.string(), column: z.string(), share: z.number() })),
  /** The version of a dataset that the captions were taken from; null where they were imported. */
  dataset: z.object({ dataset: z.string(), version: z.int() }).nullable(),
  reason: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime(),
  snapshotId: z.int(),
});
export type DecidedMix = z.infer<typeof decidedMixSchema>;

/** The thresholds of all axes of removed fractions, decided one by one. */
export const combinedFilterSchema = z.object({
  project: z.string(),
  axes: z.array(
    z.object({
      name: z.string(),
      study: z.string(),
      revision: z.int(),
      /** The axis of a dataset whose subsets the study's arms were trained on, where it says so. */
      dataset: axisSchema.shape.dataset.unwrap().nullable(),
      arm: z.string(),
      removedFraction: z.number(),
      /** Of the clips, by this axis alone. */
      keptAlone: z.number(),
      reason: z.string(),
      decidedBy: z.string().nullable(),
      decidedAt: z.iso.datetime(),
      snapshotId: z.int(),
      isOutdated: z.boolean(),
      reasons: z.array(z.string()),
    }),
  ),
  /** Axes on which nothing is chosen: not decided yet, or left open on purpose. */
  missing: z.array(
    z.object({
      name: z.string(),
      study: z.string(),
      revision: z.int(),
      reason: z.string(),
    }),
  ),
  captionMix: decidedMixSchema.nullable(),
  snapshotIds: z.array(z.int()),
  /** Scores go together, so the shares of the axes do not multiply. */
  keptTogether: z.null(),
  note: z.string(),
});
export type CombinedFilter = z.infer<typeof combinedFilterSchema>;
