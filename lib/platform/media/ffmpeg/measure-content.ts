import { closeSync, openSync, writeSync } from 'node:fs';
import { AV_NOPTS_VALUE } from 'node-av/constants';
import { roundHalfEven } from '#lib/core/round-half-even.ts';
import { FrameComparer } from '../content/compare-frames.ts';
import {
  type ContentMeasurement,
  fieldsPerFrame,
  type MeasureOptions,
} from '../content/measurement.ts';
import type { MediaLimits } from '../limits.ts';
import type { ReportProgress } from '../task.ts';
import { type DecodedFrame, decodeFrames, newCounts } from './decode-frames.ts';
import { checkWhole } from './inspect-video.ts';
import { type OpenVideo, openVideo, rationalNumber } from './open-video.ts';
import { PictureReader } from './read-pictures.ts';

const FLUSH_FRAMES = 512;
const MICROSECONDS = 1e6;

/**
 * Decodes the whole video and writes the numbers by which cuts are found, one record a frame, in the
 * form of `measurement.ts`. Memory does not grow with the video's length.
 *
 * Pictures are what OpenCV's VideoCapture hands out (swscale's bicubic BGR24, turned upright), so the
 * numbers are those of PySceneDetect on the same video.
 *
 * @throws AppError BAD_INPUT
 */
export function measureContent(
  path: string,
  outPath: string,
  options: MeasureOptions,
  limits: MediaLimits,
  report: ReportProgress,
): ContentMeasurement {
  const video = openVideo(path, limits);
  const counts = newCounts();
  const fps = video.statedFps ?? 25;
  const strides = options.rates.map((rate) =>
    rate === null ? 1 : Math.max(1, Math.floor(fps / rate)),
  );
  const records = new RecordFile(outPath, fieldsPerFrame(strides.length));
  let pictures: PictureReader | null = null;
  try {
    let comparer: FrameComparer | null = null;
    let endSeconds = 0;
    for (const decoded of decodeFrames(video, limits, counts)) {
      pictures ??= new PictureReader(decoded.frame, video);
      comparer ??= new FrameComparer(pictures.compared, strides, options.edges);
      const picture = pictures.read(decoded.frame);
      const deltas = comparer.next(picture);
      records.add([
        microsecondsOf(decoded, video, fps),
        decoded.frame.keyFrame,
        meanLevel(picture),
        ...deltas.flatMap((delta) =>
          delta
            ? [delta.hue, delta.saturation, delta.brightness, delta.edges]
            : [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
        ),
      ]);
      endSeconds = decoded.seconds + decoded.durationSeconds;
      report({
        frames: decoded.index + 1,
        seconds: endSeconds,
        totalSeconds: video.statedSeconds?.seconds ?? null,
      });
    }
    checkWhole(video, counts, endSeconds, limits);
    records.flush();
    const size = pictures?.size ?? { width: 0, height: 0 };
    return {
      container: video.container,
      codec: video.codecName,
      ...size,
      fps,
      frameCount: counts.frames,
      durationSeconds: Math.round(endSeconds * MICROSECONDS) / MICROSECONDS,
      hasAudio: video.hasAudio,
      strides,
      comparedWidth: pictures?.compared.width ?? 0,
      comparedHeight: pictures?.compared.height ?? 0,
    };
  } finally {
    pictures?.free();
    records.close();
    video.close();
  }
}

/** The frame's time after the track's start in whole microseconds, with OpenCV's and Python's rounding. */
function microsecondsOf({ frame, index }: DecodedFrame, video: OpenVideo, fps: number): number {
  const stamp = frame.bestEffortTimestamp;
  const start = video.stream.startTime;
  const ticks =
    stamp === AV_NOPTS_VALUE ? 0 : Number(stamp) - (start === AV_NOPTS_VALUE ? 0 : Number(start));
  const milliseconds = ticks * rationalNumber(video.stream.timeBase) * 1000;
  const rounded = roundHalfEven(milliseconds * 1000);
  return rounded > 0 ? rounded : roundHalfEven((index / fps) * MICROSECONDS);
}

function meanLevel(picture: Uint8Array): number {
  let sum = 0;
  // Counted, since iterating over bytes takes many times as long.
  for (let i = 0; i < picture.length; i++) sum += picture[i] ?? 0;
  return sum / picture.length;
}

/** A file of doubles, written some hundred frames at a time. */
class RecordFile {
  private readonly file: number;
  private readonly buffer: Float64Array;
  private used = 0;

  constructor(path: string, fields: number) {
    this.file = openSync(path, 'w');
    this.buffer = new Float64Array(fields * FLUSH_FRAMES);
  }

  add(record: readonly number[]): void {
    this.buffer.set(record, this.used);
    this.used += record.length;
    if (this.used === this.buffer.length) this.flush();
  }

  flush(): void {
    const bytes = new Uint8Array(this.buffer.buffer, 0, this.used * 8);
    for (let done = 0; done < bytes.length; ) done += writeSync(this.file, bytes, done);
    this.used = 0;
  }

  close(): void {
    closeSync(this.file);
  }
}
