import { z } from 'zod';

/** What a video file really holds, by decoding all of it. Sizes are those of the displayed picture. */
export const videoInfo = z.object({
  container: z.string(),
  codec: z.string(),
  pixelFormat: z.string(),
  width: z.int(),
  height: z.int(),
  /** Clockwise turn that a player applies, in degrees; width and height are after it. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  /** Frames a second, as the container says or, where it says nothing, as measured. */
  fps: z.number(),
  frameCount: z.int(),
  durationSeconds: z.number(),
  hasAudio: z.boolean(),
});
export type VideoInfo = z.infer<typeof videoInfo>;

const share = z.number().min(0).max(1);

/** A rectangle of the displayed source picture; all numbers are shares of its width or height. */
export const maskRectangle = z.object({ x: share, y: share, width: share, height: share });
export type MaskRectangle = z.infer<typeof maskRectangle>;

const evenSide = z.int().min(16).max(4096).multipleOf(2);

/** The one form that all videos of a study are brought to, so that nothing but the picture differs. */
export const renditionProfile = z.object({
  width: evenSide,
  height: evenSide,
  fps: z.number().min(1).max(120),
  /** Length of every rendition; null keeps the source's own. */
  durationSeconds: z.number().positive().max(600).nullable(),
  codec: z.enum(['h264', 'vp9']),
  /** Constant quality of the encoder: lower is better; 18 is visually lossless for H.264. */
  crf: z.int().min(0).max(51),
});
export type RenditionProfile = z.infer<typeof renditionProfile>;

/** What is done to one source on its way to the profile. */
export const renditionTransform = z.object({
  /** Where the rendition starts in the source. */
  startSeconds: z.number().min(0),
  /** Areas that are blacked out, such as a watermark. */
  masks: z.array(maskRectangle).max(16),
});
export type RenditionTransform = z.infer<typeof renditionTransform>;

const size = z.object({ width: z.int(), height: z.int() });

/** A finished rendition and all that was done to its source, for the record. */
export const renditionReport = z.object({
  width: z.int(),
  height: z.int(),
  fps: z.number(),
  frameCount: z.int(),
  durationSeconds: z.number(),
  bytes: z.int(),
  done: z.object({
    /** Seconds of the source, from its first frame. */
    trimmed: z.object({ fromSeconds: z.number(), toSeconds: z.number() }),
    rotated: z.number(),
    scaled: z.object({ from: size, to: size }),
    /** Where the rendition lies in the scaled picture, in pixels. */
    cropped: z.object({ left: z.int(), top: z.int(), width: z.int(), height: z.int() }),
    masked: z.array(maskRectangle),
    frameRate: z.object({
      from: z.number(),
      to: z.number(),
      repeatedFrames: z.int(),
      droppedFrames: z.int(),
    }),
  }),
});
export type RenditionReport = z.infer<typeof renditionReport>;

/** A still picture that was made from a video. */
export const stillReport = z.object({ width: z.int(), height: z.int(), bytes: z.int() });
export type StillReport = z.infer<typeof stillReport>;
