import { z } from 'zod';

/** How the content of a video is measured. */
export interface MeasureOptions {
  /** Frames a second to compare at, each a column of its own; null is every frame. */
  rates: readonly (number | null)[];
  /** Whether edges are compared too: slower, and only for weights or statistics that use them. */
  edges: { kernelSize: number | null } | null;
}

/** What a measuring run found, next to the file of numbers. Sizes are of the displayed picture. */
export const contentMeasurement = z.object({
  container: z.string(),
  codec: z.string(),
  width: z.int(),
  height: z.int(),
  /** Frames a second as the container says, and as an exact fraction where it says so. */
  fps: z.number(),
  frameCount: z.int(),
  durationSeconds: z.number(),
  hasAudio: z.boolean(),
  /** For each rate: every so many frames one is looked at. */
  strides: z.array(z.int().min(1)),
  /** The size at which pictures were compared. */
  comparedWidth: z.int(),
  comparedHeight: z.int(),
});
export type ContentMeasurement = z.infer<typeof contentMeasurement>;

/** Mean differences from one picture to the next, per pixel. */
export interface FrameDelta {
  hue: number;
  saturation: number;
  brightness: number;
  /** 0 where edges are not asked for. */
  edges: number;
}

/** Numbers of one frame in the file: microseconds, key, mean level, then four for each rate. */
export const FIXED_FIELDS = 3;
export const RATE_FIELDS = 4;

/** Doubles (little-endian) that one frame takes in the file. */
export function fieldsPerFrame(rates: number): number {
  return FIXED_FIELDS + RATE_FIELDS * rates;
}
