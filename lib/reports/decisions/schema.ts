import * as z from 'zod';
import { decisionRuleSchema } from '#lib/studies/schema.ts';

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

export const newDecisionSchema = z.object({
  /** The snapshot that was looked at. */
  snapshot: z.int(),
  /** The chosen arm; null leaves the axis undecided on purpose. */
  arm: z.string().max(120).nullable(),
  reason: reasonSchema,
});
export type NewDecision = z.infer<typeof newDecisionSchema>;

export const decisionViewSchema = z.object({
  id: z.int(),
  arm: z.string().nullable(),
  /** Of the chosen arm; on an axis of removed fractions that fraction. */
  level: maybe,
  reason: z.string(),
  /** Null for the command line and for people who are no longer known. */
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime(),
  snapshot: z.object({ id: z.int(), watermark: z.string(), createdAt: z.iso.datetime() }),
  advice: adviceViewSchema,
});
export type DecisionView = z.infer<typeof decisionViewSchema>;

/** Why the newest decision should be looked at again; empty where nothing speaks against it. */
export const outdatedSchema = z.object({
  isOutdated: z.boolean(),
  reasons: z.array(z.string()),
});
export type Outdated = z.infer<typeof outdatedSchema>;

export const decisionsViewSchema = z.object({
  /** False for a study without an axis of levels: there is nothing to decide. */
  hasAxis: z.boolean(),
  /** Whether the person who asks may decide. */
  canDecide: z.boolean(),
  /** The snapshot asked for, or the newest, and what the rule says of it; null before the first. */
  current: z
    .object({
      snapshot: z.object({ id: z.int(), watermark: z.string(), createdAt: z.iso.datetime() }),
      votes: z.int(),
      advice: adviceViewSchema,
    })
    .nullable(),
  /** Newest first; the first one holds. */
  decisions: z.array(decisionViewSchema),
  /** Of the first one, against the newest snapshot. */
  outdated: outdatedSchema,
});
export type DecisionsView = z.infer<typeof decisionsViewSchema>;

/** The thresholds of all axes of removed fractions, decided one by one. */
export const combinedFilterSchema = z.object({
  project: z.string(),
  axes: z.array(
    z.object({
      name: z.string(),
      study: z.string(),
      revision: z.int(),
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
  snapshotIds: z.array(z.int()),
  /** Scores go together, so the shares of the axes do not multiply. */
  keptTogether: z.null(),
  note: z.string(),
});
export type CombinedFilter = z.infer<typeof combinedFilterSchema>;
