import { join } from 'node:path';
import { clipFileName } from '../clips.ts';
import type { MediaLimits } from '../limits.ts';
import type { ReportProgress } from '../task.ts';
import { type DecodedFrame, decodeFrames, newCounts } from './decode-frames.ts';
import { VideoWriter } from './encode-video.ts';
import { PictureFilter } from './filter-frames.ts';
import { displaySize } from './inspect-video.ts';
import { type OpenVideo, openVideo } from './open-video.ts';

const SMALLEST_SIDE = 16;

/**
 * Writes clips by decoding the video once and coding their frames anew: H.264 in MP4, upright, square
 * pixels, at the video's own rate. The ranges are in order and do not overlap. Returns the files' names.
 */
export function encodeClips(
  path: string,
  outDir: string,
  ranges: readonly { start: number; end: number }[],
  crf: number,
  limits: MediaLimits,
  report: ReportProgress,
): string[] {
  const names = ranges.map(({ start, end }) => clipFileName(start, end, 'mp4'));
  const video = openVideo(path, limits);
  let current = 0;
  let clip: ClipEncoder | null = null;
  try {
    for (const decoded of decodeFrames(video, limits, newCounts())) {
      const range = ranges[current];
      const name = names[current];
      if (!range || name === undefined) break;
      report({ frames: decoded.index + 1, seconds: decoded.seconds, totalSeconds: null });
      if (decoded.index < range.start) continue;
      clip ??= new ClipEncoder(join(outDir, name), decoded, video, crf);
      clip.add(decoded);
      if (decoded.index + 1 < range.end) continue;
      clip.finish();
      clip.close();
      clip = null;
      current++;
    }
    return names;
  } finally {
    clip?.close();
    video.close();
  }
}

class ClipEncoder {
  private readonly filter: PictureFilter;
  private readonly writer: VideoWriter;

  constructor(path: string, { frame }: DecodedFrame, video: OpenVideo, crf: number) {
    const { width, height } = displaySize(frame, video);
    const even = (side: number) => Math.max(SMALLEST_SIDE, Math.floor(side / 2) * 2);
    const scaleTo = { width: even(width), height: even(height) };
    this.filter = new PictureFilter(frame, {
      rotation: video.rotation,
      masks: [],
      scaleTo,
      crop: null,
      pixelFormat: 'yuv420p',
    });
    const fps = video.statedFps ?? 25;
    this.writer = new VideoWriter(path, {
      ...scaleTo,
      fps,
      durationSeconds: null,
      codec: 'h264',
      crf,
    });
  }

  add({ frame }: DecodedFrame): void {
    this.writer.write(this.filter.apply(frame));
  }

  finish(): void {
    this.writer.finish();
  }

  close(): void {
    this.filter.free();
    this.writer.close();
  }
}
