import { z } from 'zod';

/**
 * Which frames of a video are meant. n is the number of its frames.
 *
 * - a list: `first` is 0, `middle` is floor(n / 2), `last` is n - 1, and a number f in [0, 1] is
 *   min(n - 1, floor(f n));
 * - `uniform: k`: the middles of k equal parts, floor((i + 0.5) n / k);
 * - `seconds`: the frame that begins nearest to each time, counted from the first frame; one after the
 *   end is the last frame;
 * - `framesPerSecond: r`: the same at 0, 1/r, 2/r ... as long as there are frames, each frame once.
 *
 * Frames come in order of time; in the other forms one that is meant twice comes twice.
 */
export const framePicks = z.union([
  z
    .array(z.union([z.enum(['first', 'middle', 'last']), z.number().min(0).max(1)]))
    .min(1)
    .max(256),
  z.object({ uniform: z.int().min(1).max(256) }),
  z.object({ seconds: z.array(z.number().min(0)).min(1).max(256) }),
  z.object({ framesPerSecond: z.number().positive().max(120) }),
]);
export type FramePicks = z.infer<typeof framePicks>;

const side = z.int().min(1).max(8192);

/**
 * The size that frames are brought to: a short or long side keeps the proportions and never enlarges;
 * width and height are taken as they are. With a long side, frames may be enlarged by at most `enlarge`,
 * and both sides rounded to the nearest multiple.
 */
export const frameSize = z.union([
  z.object({ shortSide: side }),
  z.object({
    longSide: side,
    enlarge: z.number().min(1).max(16).optional(),
    multipleOf: z.int().min(1).max(128).optional(),
  }),
  z.object({ width: side, height: side }),
]);
export type FrameSize = z.infer<typeof frameSize>;

/** Frames in a file: one after the other, row by row, three bytes a pixel (red, green, blue). */
export const writtenFrames = z.object({
  width: z.int(),
  height: z.int(),
  /** Size of the displayed picture before it was brought to the asked size. */
  source: z.object({ width: z.int(), height: z.int() }),
  frames: z.array(z.object({ index: z.int(), seconds: z.number() })),
});
export type WrittenFrames = z.infer<typeof writtenFrames>;

/** The pixels that a picture of this size is brought to. */
export function fitFrame(
  source: { width: number; height: number },
  size: FrameSize | null,
): { width: number; height: number } {
  if (size === null) return source;
  if ('width' in size) return size;
  const { width, height } = source;
  if ('shortSide' in size) {
    const factor = Math.min(1, size.shortSide / Math.min(width, height));
    return { width: roundTo(width * factor, 1), height: roundTo(height * factor, 1) };
  }
  const { longSide, enlarge = 1, multipleOf = 1 } = size;
  const factor = Math.min(enlarge, longSide / Math.max(width, height));
  return {
    width: roundTo(width * factor, multipleOf),
    height: roundTo(height * factor, multipleOf),
  };
}

function roundTo(value: number, multiple: number): number {
  return Math.max(1, Math.round(value / multiple)) * multiple;
}
