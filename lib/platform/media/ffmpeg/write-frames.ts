import { closeSync, openSync, writeSync } from 'node:fs';
import { type FramePicks, type FrameSize, fitFrame, type WrittenFrames } from '../frames.ts';
import type { MediaLimits } from '../limits.ts';
import { refuse } from '../refusal.ts';
import { PictureFilter } from './filter-frames.ts';
import { displaySize } from './inspect-video.ts';
import type { OpenVideo } from './open-video.ts';
import { pickFrames } from './pick-frames.ts';

const MAX_FILE_BYTES = 2 * 1024 ** 3;

/**
 * Writes the frames that are meant as raw RGB24 into one file. They are upright, with square pixels, in
 * full range, scaled by FFmpeg's exact bicubic filter.
 *
 * @throws AppError BAD_INPUT; TOO_BIG when the file would pass 2 GiB
 */
export function writeFrames(
  path: string,
  outPath: string,
  picks: FramePicks,
  size: FrameSize | null,
  limits: MediaLimits,
): WrittenFrames {
  const out = openSync(outPath, 'w');
  let filter: RgbFilter | null = null;
  const frames: WrittenFrames['frames'] = [];
  try {
    for (const { frame, index, seconds, times, video } of pickFrames(path, picks, limits)) {
      filter ??= new RgbFilter(frame, video, size);
      const pixels = filter.apply(frame);
      for (let again = 0; again < times; again++) {
        if ((frames.length + 1) * pixels.length > MAX_FILE_BYTES) throw tooBig();
        writeSync(out, pixels);
        frames.push({ index, seconds });
      }
    }
    if (!filter) throw refuse('NO_FRAMES', 'No frame of the video could be decoded.');
    const { source, picture } = filter;
    return { ...picture, source, frames };
  } finally {
    filter?.free();
    closeSync(out);
  }
}

/** Turns decoded frames into RGB24 of one size. Made from the first frame; free it. */
export class RgbFilter {
  /** Displayed size of the video. */
  readonly source: { width: number; height: number };
  readonly picture: { width: number; height: number };
  private readonly filter: PictureFilter;

  constructor(first: FilterInput, video: OpenVideo, size: FrameSize | null) {
    this.source = displaySize(first, video);
    this.picture = fitFrame(this.source, size);
    this.filter = new PictureFilter(first, {
      rotation: video.rotation,
      masks: [],
      scaleTo: this.picture,
      crop: null,
      pixelFormat: 'rgb24',
    });
  }

  /** Width x height x 3 bytes, the caller's own. */
  apply(frame: FilterInput): Buffer {
    return this.filter.apply(frame).toBuffer();
  }

  free(): void {
    this.filter.free();
  }
}

type FilterInput = Parameters<PictureFilter['apply']>[0];

function tooBig() {
  return refuse('TOO_BIG', 'The frames take more than 2 GiB; ask for fewer or for smaller ones.');
}
