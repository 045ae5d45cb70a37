import { AV_PIX_FMT_BGR24, SWS_BICUBIC } from 'node-av/constants';
import { FFmpegError, type Frame, SoftwareScaleContext } from 'node-av/lib';
import { comparedSize, PictureShrinker, type PictureSize } from '../content/shrink-picture.ts';
import type { OpenVideo, Rotation } from './open-video.ts';

/** Side of the blocks that a coded picture is made of, for codecs that hide the rest of the last ones. */
const BLOCK_PIXELS: Readonly<Record<string, number>> = { h264: 16, hevc: 8 };

/** Turns decoded frames into upright BGR pictures of the size at which they are compared. */
export class PictureReader {
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
