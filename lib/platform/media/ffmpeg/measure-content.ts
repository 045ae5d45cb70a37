import { closeSync, openSync, writeSync } from 'node:fs';
import { AV_NOPTS_VALUE, AV_PIX_FMT_BGR24, SWS_BICUBIC } from 'node-av/constants';
import { FFmpegError, type Frame, SoftwareScaleContext } from 'node-av/lib';
import { roundHalfEven } from '#lib/core/round-half-even.ts';
import { FrameComparer } from '../content/compare-frames.ts';
import {
  type ContentMeasurement,
  fieldsPerFrame,
  type MeasureOptions,
} from '../content/measurement.ts';
import { comparedSize, PictureShrinker, type PictureSize } from '../content/shrink-picture.ts';
import type { MediaLimits } from '../limits.ts';
import type { ReportProgress } from '../task.ts';
import { type DecodedFrame, decodeFrames, newCounts } from './decode-frames.ts';
import { checkWhole } from './inspect-video.ts';
import { type OpenVideo, openVideo, type Rotation, rationalNumber } from './open-video.ts';

const FLUSH_FRAMES = 512;
const MICROSECONDS = 1e6;
/** Side of the blocks that a coded picture is made of, for codecs that hide the rest of the last ones. */
const BLOCK_PIXELS: Readonly<Record<string, number>> = { h264: 16, hevc: 8 };

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

/** Turns decoded frames into upright BGR pictures of the size at which they are compared. */
class PictureReader {
  /** The displayed picture. */
  readonly size: PictureSize;
  readonly compared: PictureSize;
  private readonly stored: PictureSize;
  private readonly coded: PictureSize;
  private readonly stride: number;
  private readonly rotation: Rotation;
  private readonly scaler = new SoftwareScaleContext();
  private readonly converted: Buffer;
  private readonly visible: Buffer | null;
  private readonly turned: Buffer | null;
  private readonly shrinker: PictureShrinker | null;
  private readonly small: Uint8Array;

  constructor(first: Frame, { rotation, codecName }: OpenVideo) {
    const { width, height } = first;
    this.stored = { width, height };
    this.coded = wholeBlocks(this.stored, BLOCK_PIXELS[codecName] ?? 1);
    this.stride = this.coded.width * 3;
    this.rotation = rotation;
    this.size = rotation % 180 === 0 ? this.stored : { width: height, height: width };
    this.compared = comparedSize(this.size);
    const format = first.format as Parameters<SoftwareScaleContext['getContext']>[2];
    const { width: w, height: h } = this.coded;
    this.scaler.getContext(w, h, format, w, h, AV_PIX_FMT_BGR24, SWS_BICUBIC);
    // A little longer, since vector code writes past the end of the last row.
    this.converted = Buffer.alloc(this.stride * h + 64);
    this.visible = this.stride === width * 3 ? null : Buffer.alloc(width * height * 3);
    this.turned = rotation === 0 ? null : Buffer.alloc(width * height * 3);
    const isSmaller =
      this.compared.width !== this.size.width || this.compared.height !== this.size.height;
    this.shrinker = isSmaller ? new PictureShrinker(this.size, this.compared) : null;
    this.small = new Uint8Array(this.compared.width * this.compared.height * 3);
  }

  /** Valid until the next call. */
  read(frame: Frame): Uint8Array {
    const { width, height } = this.stored;
    const planes = frame.data ?? [];
    const { converted, stride } = this;
    const done = this.scaler.scaleSync(
      planes,
      frame.linesize,
      0,
      this.coded.height,
      [converted],
      [stride],
    );
    FFmpegError.throwIfError(done, 'convert a picture');
    let picture: Uint8Array = converted.subarray(0, width * height * 3);
    if (this.visible) {
      for (let y = 0; y < height; y++) {
        converted.copy(this.visible, y * width * 3, y * stride, y * stride + width * 3);
      }
      picture = this.visible;
    }
    if (this.turned) {
      turn(picture, this.stored, this.rotation, this.turned);
      picture = this.turned;
    }
    if (!this.shrinker) return picture;
    this.shrinker.shrink(picture, this.small);
    return this.small;
  }

  free(): void {
    this.scaler.freeContext();
  }
}

/**
 * OpenCV converts the whole coded picture, which gives other numbers at the right and bottom edge than
 * the visible part alone. Decoders keep the hidden rest of the last blocks in memory; more is not read.
 */
function wholeBlocks({ width, height }: PictureSize, block: number): PictureSize {
  return { width: Math.ceil(width / block) * block, height: Math.ceil(height / block) * block };
}

/** Turns a 24-bit picture clockwise. */
function turn(
  source: Uint8Array,
  { width, height }: PictureSize,
  by: Rotation,
  target: Uint8Array,
): void {
  // Where the source's first pixel lands, and the steps for one to the right and one down.
  const [start, right, down] =
    by === 90
      ? [height - 1, height, -1]
      : by === 180
        ? [width * height - 1, -1, -width]
        : [height * (width - 1), -height, 1];
  for (let y = 0, from = 0; y < height; y++) {
    let to = (start + y * down) * 3;
    for (let x = 0; x < width; x++, from += 3, to += right * 3) {
      target[to] = source[from] ?? 0;
      target[to + 1] = source[from + 1] ?? 0;
      target[to + 2] = source[from + 2] ?? 0;
    }
  }
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
