import * as z from 'zod';

/** What came of computing a snapshot again. */
export const recomputedSchema = z.object({
  /** False where another version of the statistics made the snapshot: its digits may differ. */
  isComparable: z.boolean(),
  /** To the last digit. */
  isIdentical: z.boolean(),
  /** In a sentence. */
  text: z.string(),
  /** Of the statistics: the snapshot's, and the one that computed it again. */
  storedVersion: z.string(),
  version: z.string(),
  /** The first places that differ. */
  differences: z.array(z.object({ path: z.string(), stored: z.string(), computed: z.string() })),
  rankings: z.int(),
  votes: z.int(),
});
export type Recomputed = z.infer<typeof recomputedSchema>;

export const snapshotCheckSchema = z.object({
  requestedAt: z.iso.datetime(),
  /** Null while it waits or runs. */
  finishedAt: z.iso.datetime().nullable(),
  outcome: recomputedSchema.nullable(),
});
export type SnapshotCheckView = z.infer<typeof snapshotCheckSchema>;
