import * as z from 'zod';
import { studyStateSchema } from '../schema.ts';

const adviceSchema = z.object({
  /** `resolved`: more votes would not change the answer. `will-not-resolve`: not with the votes planned. */
  verdict: z.enum(['resolved', 'not-yet', 'will-not-resolve']),
  reason: z.enum([
    'separated',
    'within-margin',
    'open',
    'few-clusters',
    'provisional',
    'nothing-to-compare',
  ]),
  leader: z.string().nullable(),
  /** About how many votes more; null where none can be said. */
  moreVotes: z.int().nullable(),
  /** Arms that may still be better than the leader by more than the margin. */
  rivals: z.array(z.string()),
});
export type WatchAdvice = z.infer<typeof adviceSchema>;

const watchedArmSchema = z.object({
  name: z.string(),
  elo: z.number(),
  eloLow: z.number().nullable(),
  eloHigh: z.number().nullable(),
  tier: z.int().nullable(),
  votes: z.number(),
  isProvisional: z.boolean(),
  /** Ties as half; null without a vote. */
  winShare: z.number().nullable(),
  /** Between two arms alone, and true however often one looks; of votes taken as independent. */
  winShareLow: z.number().nullable(),
  winShareHigh: z.number().nullable(),
});
export type WatchedArm = z.infer<typeof watchedArmSchema>;

const watchedQuestionSchema = z.object({
  /** Null for the mean of all questions. */
  question: z.int().nullable(),
  votes: z.int(),
  /** Votes that there will be when every cell is full, those so far included. */
  plannedVotes: z.int(),
  /** Why the numbers must not be relied on yet; empty when they may. */
  provisional: z.array(z.enum(['few-votes', 'disconnected', 'never-lost'])),
  /** Best first. */
  arms: z.array(watchedArmSchema),
  advice: adviceSchema,
});
export type WatchedQuestion = z.infer<typeof watchedQuestionSchema>;

/** What the newest look at the votes found, as it is stored. */
export const watchResultSchema = z.object({
  votes: z.int(),
  /** An arm with fewer votes is provisional. */
  minimumVotes: z.int(),
  marginElo: z.number(),
  /** One a question in order, then the mean where there are several. */
  questions: z.array(watchedQuestionSchema),
  /** Which of them decides, as the study's rule says: null for the mean. */
  deciding: z.int().nullable(),
});
export type WatchResult = z.infer<typeof watchResultSchema>;

export const watchViewSchema = z.object({
  state: studyStateSchema,
  pairChoice: z.enum(['balanced', 'adaptive']),
  /** Null before the first look. */
  result: watchResultSchema.nullable(),
  lookedAt: z.iso.datetime().nullable(),
  /** Votes have come in since. */
  isStale: z.boolean(),
});
export type WatchView = z.infer<typeof watchViewSchema>;
