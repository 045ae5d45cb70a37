import { z } from 'zod';

/** One clip to be written: frames of the video in display order, from `start` up to, not including, `end`. */
export interface ClipRequest {
  start: number;
  end: number;
  /** `copy` needs a keyframe at `start`. */
  how: 'copy' | 'encode';
}

/** How clips are written. */
export interface ClipOptions {
  /** Frames of the video, as measured: a file that says something else is not copied from. */
  frameCount: number;
  /** Whether a clip that cannot be copied is coded anew. */
  mayEncode: boolean;
  /** A copy that keeps fewer frames counts as impossible. */
  minFrames: number;
  /** Constant quality of H.264. */
  crf: number;
}

/** A clip that was written, or not: then `file` is null. */
export const writtenClip = z.object({
  start: z.int(),
  /** A copy ends where the pictures that it needs end: some frames before what was asked, at most. */
  end: z.int(),
  /** Name in the folder. */
  file: z.string().nullable(),
  width: z.int(),
  height: z.int(),
  fps: z.number(),
  isReencoded: z.boolean(),
});
export type WrittenClip = z.infer<typeof writtenClip>;
export const writtenClips = z.array(writtenClip);

/** `0000120-0000360.mp4`: first frame and end. */
export function clipFileName(start: number, end: number, extension: 'mp4' | 'webm'): string {
  const digits = (frame: number) => String(frame).padStart(7, '0');
  return `${digits(start)}-${digits(end)}.${extension}`;
}
