import * as z from 'zod';
import { shareSchema, snapshotHeadSchema, studyHeadSchema, warningSchema } from '../schema.ts';

const maybe = z.number().nullable();
/** An estimate with its 95 % interval. */
const intervalSchema = z.object({ value: z.number(), low: maybe, high: maybe });

/** An arm's share of the votes that it was in, ties as half, with Wilson's interval. */
const armShareSchema = shareSchema.extend({ arm: z.string(), votes: z.int() });

/** One prompt, and what the ranking would be without it. */
export const promptEffectSchema = z.object({
  /** The prompt's id. */
  prompt: z.int(),
  votes: z.int(),
  /** The arm with the highest share on it; null where several have. */
  preferred: z.string().nullable(),
  arms: z.array(armShareSchema),
  /**
   * How the Elo difference of each arm to the reference (without one: its rating) changes when the
   * prompt is left out, in points.
   */
  changes: z.array(z.object({ arm: z.string(), elo: z.number() })),
  /** The largest of the changes, without its sign: what the list is ordered by. */
  drive: z.number(),
  /** Whether another arm comes first without it. */
  topChanges: z.boolean(),
});
export type PromptEffect = z.infer<typeof promptEffectSchema>;

/** The prompts of one tag, taken by themselves. */
export const tagEffectSchema = z.object({
  kind: z.enum(['tag', 'motion']),
  tag: z.string(),
  prompts: z.int(),
  votes: z.int(),
  arms: z.array(
    armShareSchema.extend({
      /** Elo to the reference on these prompts alone; null for the reference or without one. */
      difference: maybe,
      differenceLow: maybe,
      differenceHigh: maybe,
    }),
  ),
  warnings: z.array(warningSchema),
});
export type TagEffect = z.infer<typeof tagEffectSchema>;

/** What becomes of the ratings when one rater or one prompt after the other is left out. */
export const leaveOutSchema = z.object({
  /** How many were left out, one at a time. */
  count: z.int(),
  /** Elo of each arm with all votes, and the lowest and highest of all leave-outs. */
  arms: z.array(z.object({ arm: z.string(), elo: z.number(), low: z.number(), high: z.number() })),
  /** Of how many leave-outs another arm of the axis (without one: another arm) comes first. */
  topChanges: z.int(),
  /** The most influential ones, at most 10. */
  influential: z.array(
    z.object({
      /** A rater's pseudonym, or a prompt's key. */
      name: z.string(),
      votes: z.int(),
      /** The arm that moves most, and by how many points. */
      arm: z.string(),
      elo: z.number(),
      topChanges: z.boolean(),
    }),
  ),
});
export type LeaveOut = z.infer<typeof leaveOutSchema>;

/** How well raters agree on the same comparison. Null where too few were judged twice. */
export const agreementSchema = z.object({
  /** Comparisons of a question with two votes or more; all votes. */
  comparisons: z.int(),
  votes: z.int(),
  alphaNominal: intervalSchema.nullable(),
  alphaOrdinal: intervalSchema.nullable(),
  ac1: intervalSchema.nullable(),
  /** Share of pairs of votes that are equal. */
  percent: intervalSchema.nullable(),
});
export type AgreementView = z.infer<typeof agreementSchema>;

/** Two arms that are the same checkpoint: what difference the method sees where there is none. */
export const noiseFloorSchema = z.object({
  pairs: z.array(
    z.object({
      a: z.string(),
      b: z.string(),
      /** `replica`: the study says so. `same-videos`: their videos are equal, byte for byte. */
      why: z.enum(['replica', 'same-videos']),
      /** Between the two alone. */
      votes: z.int(),
      share: shareSchema,
      /** a less b in Elo points. */
      difference: maybe,
      low: maybe,
      high: maybe,
    }),
  ),
  /** Checks that show one arm twice (other seeds): how often a tie, how often the left one. */
  same: z.object({ votes: z.int(), ties: shareSchema, left: shareSchema }).nullable(),
});
export type NoiseFloor = z.infer<typeof noiseFloorSchema>;

/** At each training step, how far each series is above the lowest of that step. */
export const stepGainSchema = z.object({
  question: z.int().nullable(),
  wording: z.string(),
  steps: z.array(
    z.object({
      step: z.number(),
      votes: z.int(),
      series: z.array(
        z.object({
          series: z.string(),
          arm: z.string(),
          /** Elo over the lowest; 0 for the lowest itself. */
          gain: maybe,
          low: maybe,
          high: maybe,
          isLowest: z.boolean(),
          provisional: z.boolean(),
        }),
      ),
      warnings: z.array(warningSchema),
    }),
  ),
});
export type StepGain = z.infer<typeof stepGainSchema>;

/** A score of videos held against what people say. */
export const metricEffectSchema = z.object({
  metric: z.string(),
  /** Votes on two videos that both have the score. */
  votes: z.int(),
  ties: z.int(),
  /** Votes for one of two videos of different score. */
  decided: z.int(),
  /** Of those, the share for the higher score; its interval is clustered by rater and prompt. */
  agreement: shareSchema,
  /** Between an arm's mean score and its Elo rating; null for fewer than three arms. */
  spearman: maybe,
  kendall: maybe,
  arms: z.array(z.object({ arm: z.string(), score: z.number(), elo: z.number() })),
  /** By how far apart the two scores are, in bins of equally many votes. */
  calibration: z.array(
    shareSchema.extend({ from: z.number(), to: z.number(), mean: z.number(), votes: z.int() }),
  ),
  /** Where it misleads most: far higher score, and people say the opposite. At most 20. */
  misleads: z.array(
    z.object({
      prompt: z.int(),
      /** The arm of the higher score. */
      higher: z.string(),
      lower: z.string(),
      gap: z.number(),
      votesForHigher: z.int(),
      votesForLower: z.int(),
      ties: z.int(),
    }),
  ),
});
export type MetricEffect = z.infer<typeof metricEffectSchema>;

/** The analysis of one question, or of all together. */
export const analysisPartSchema = z.object({
  question: z.int().nullable(),
  wording: z.string(),
  votes: z.int(),
  /** How many prompts have votes; the most driving ones of them, at most 200. */
  promptCount: z.int(),
  prompts: z.array(promptEffectSchema),
  tags: z.array(tagEffectSchema),
  leaveOneRaterOut: leaveOutSchema.nullable(),
  leaveOnePromptOut: leaveOutSchema.nullable(),
  agreement: agreementSchema.nullable(),
  noiseFloor: noiseFloorSchema.nullable(),
  steps: stepGainSchema.shape.steps,
  metrics: z.array(metricEffectSchema),
  /** In a study of two arms: the share of votes, ties as half, clustered by rater and prompt. */
  headToHead: shareSchema.extend({ arm: z.string(), against: z.string() }).nullable(),
});
export type AnalysisPart = z.infer<typeof analysisPartSchema>;

/** What a snapshot keeps beside its rankings. */
export const analysisSchema = z.object({
  /** A fingerprint of the scores of videos that it was made with. */
  scores: z.string(),
  /** One a question, then all together where there are several. */
  parts: z.array(analysisPartSchema),
});
export type Analysis = z.infer<typeof analysisSchema>;

/** Votes that no ranking uses, by reason. */
export const exclusionsSchema = z.object({
  ranked: z.int(),
  reasons: z.array(z.object({ code: z.string(), reason: z.string(), votes: z.int() })),
  /** Of all votes that raters gave, those left out on purpose. */
  share: maybe,
  /** That share is out of line with earlier: a sentence. */
  alarm: z.string().nullable(),
});
export type Exclusions = z.infer<typeof exclusionsSchema>;

/** As `analysisSchema`, with the prompts told apart and comparisons to look at. */
export const analysisReportSchema = z.object({
  study: studyHeadSchema,
  reference: z.string().nullable(),
  snapshot: snapshotHeadSchema.nullable(),
  exclusions: exclusionsSchema,
  /** Of every prompt that the parts name. */
  prompts: z.array(
    z.object({
      id: z.int(),
      key: z.string(),
      text: z.string(),
      tags: z.array(z.string()),
      motion: z.string().nullable(),
    }),
  ),
  parts: z.array(
    analysisPartSchema.extend({
      metrics: z.array(
        metricEffectSchema.extend({
          misleads: z.array(
            metricEffectSchema.shape.misleads.element.extend({
              /** To be looked at among the study's comparisons. */
              comparison: z.int().nullable(),
            }),
          ),
        }),
      ),
    }),
  ),
  /** False: the snapshot was made by a version that kept no analysis. */
  isComplete: z.boolean(),
  isStale: z.boolean(),
});
export type AnalysisReport = z.infer<typeof analysisReportSchema>;
