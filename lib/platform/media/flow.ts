import { z } from 'zod';

/** How motion is measured; the defaults are those of docs/scorer-definitions.md. */
export const flowSettings = z.object({
  /** Frames a second that are compared, one with the next. */
  framesPerSecond: z.number().min(0.1).max(60).default(2),
  /** Short side in pixels of the pictures that flow is computed on; never enlarged. */
  workingShortSide: z.int().min(32).max(2160).default(320),
  /** Short side in pixels that each flow map is brought to before it is averaged. */
  mapShortSide: z.int().min(1).max(512).default(16),
  /** Pixels of the source, or of the pictures that flow is computed on. */
  unit: z.enum(['source-pixels', 'working-pixels']).default('source-pixels'),
});
export type FlowSettings = z.infer<typeof flowSettings>;

/** Motion of a video, in pixels from one compared frame to the next. */
export const flowReport = z.object({
  /** Mean of `pairs`. */
  mean: z.number(),
  /** Mean length of the flow vectors, for each pair of compared frames. */
  pairs: z.array(z.number()),
  /** Size of the pictures that flow was computed on. */
  width: z.int(),
  height: z.int(),
});
export type FlowReport = z.infer<typeof flowReport>;
