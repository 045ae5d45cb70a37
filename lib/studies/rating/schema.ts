import * as z from 'zod';
import { localizedTextSchema, outcomeSchema } from '#lib/studies/schema.ts';

/**
 * What a rater's browser gets. Nothing here names an arm, a checkpoint, a file or a hash, not even
 * after the vote: media are addressed by sealed tokens alone.
 */

/**
 * The address of one shown video; it expires with the lease. Posters are not sent: their sizes would
 * tell arms apart, and the video's own first frame does the same.
 */
const shownVideoSchema = z.object({ videoUrl: z.string() });

export const shownPairSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('video'), left: shownVideoSchema, right: shownVideoSchema }),
  /** One clip, two texts. */
  z.object({
    kind: z.literal('caption'),
    clip: shownVideoSchema,
    left: z.object({ text: z.string() }),
    right: z.object({ text: z.string() }),
  }),
]);
export type ShownPair = z.infer<typeof shownPairSchema>;

export const shownPromptSchema = z.object({
  text: z.string(),
  motion: z.string().nullable(),
  imageUrls: z.array(z.string()),
});

/** A comparison lent to this rater. `questions` are the positions still to be answered, in turn. */
export const assignmentViewSchema = z.object({
  id: z.uuid(),
  /** The place in the session, from 0; a pair that comes again after an undo keeps its place. */
  pairNumber: z.int(),
  questions: z.array(z.int()),
  prompt: shownPromptSchema,
  pair: shownPairSchema,
  leaseExpiresAt: z.iso.datetime(),
});
export type AssignmentView = z.infer<typeof assignmentViewSchema>;

/** One training pair with the answer that the researcher expects and why. */
export const trainingViewSchema = z.object({
  question: z.int(),
  prompt: shownPromptSchema,
  pair: shownPairSchema,
  expected: outcomeSchema,
  explanation: localizedTextSchema,
});
export type TrainingView = z.infer<typeof trainingViewSchema>;

export const sessionViewSchema = z.object({ wantedPairs: z.int(), donePairs: z.int() });
export type SessionView = z.infer<typeof sessionViewSchema>;

/** Why there is nothing (more) to rate. `code` and `redirectUrl` only where the session was served. */
export const endViewSchema = z.object({
  reason: z.enum(['session-done', 'no-work', 'cap-reached', 'paused', 'closed', 'not-open']),
  code: z.string().nullable(),
  redirectUrl: z.string().nullable(),
});
export type EndView = z.infer<typeof endViewSchema>;

/** What a rater is told before the first pair. */
export const ratingStudyViewSchema = z.object({
  title: z.string(),
  kind: z.enum(['video', 'caption']),
  trial: z.boolean(),
  questions: z.array(
    z.object({
      position: z.int(),
      wording: localizedTextSchema,
      instructions: localizedTextSchema.nullable(),
    }),
  ),
  questionMode: z.enum(['one', 'all']),
  allowTies: z.boolean(),
  requireFullPlay: z.boolean(),
  minutes: z.number(),
  /** Of every video: pixels and frames a second. */
  video: z.object({ width: z.int(), height: z.int(), fps: z.number() }),
  training: z.array(trainingViewSchema),
  trained: z.boolean(),
  session: sessionViewSchema,
  /** Set when the rater can't start or go on. */
  end: endViewSchema.nullable(),
  /** Pairs of the session that joining with `again` starts; 0 before the last is served, or at the cap. */
  nextSessionPairs: z.int(),
});
export type RatingStudyView = z.infer<typeof ratingStudyViewSchema>;

/** At most two leases: the pair on screen and the preloaded one. */
export const drawViewSchema = z.object({
  assignments: z.array(assignmentViewSchema).max(2),
  session: sessionViewSchema,
  end: endViewSchema.nullable(),
});
export type DrawView = z.infer<typeof drawViewSchema>;

const share = z.number().min(0).max(1);
const milliseconds = z.int().min(0).max(86_400_000);

export const voteInputSchema = z.object({
  assignmentId: z.uuid(),
  question: z.int().min(0).max(20),
  outcome: outcomeSchema,
  /** From both videos playing to the answer. */
  decisionMs: milliseconds,
  playsLeft: z.int().min(0).max(10_000),
  playsRight: z.int().min(0).max(10_000),
  /** The share of each video's length that was really shown, at most 1. */
  watchedLeft: share,
  watchedRight: share,
  screenWidth: z.int().min(1).max(100_000),
  screenHeight: z.int().min(1).max(100_000),
});
export type VoteInput = z.infer<typeof voteInputSchema>;

/** The same for every retry of a vote, whatever the retry says. */
export const voteReceiptSchema = z.object({
  assignmentId: z.uuid(),
  question: z.int(),
  outcome: outcomeSchema,
  receivedAt: z.iso.datetime(),
});
export type VoteReceipt = z.infer<typeof voteReceiptSchema>;
