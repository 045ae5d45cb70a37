import { roundHalfEven } from '#lib/core/round-half-even.ts';

const CHANNELS = 3;
/** Fixed-point 1.0 of the weights: 11 bits, as in OpenCV's INTER_LINEAR for 8-bit pictures. */
const ONE = 2048;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The longer side from which pictures are made smaller before they are compared. */
const COMPARED_SIDE = 256;

/** PySceneDetect's automatic downscale: the longer side becomes 256 pixels; smaller ones stay. */
export function comparedSize({ width, height }: PictureSize): PictureSize {
  const factor = Math.max(width, height) / COMPARED_SIDE;
  if (factor <= 1) return { width, height };
  return {
    width: Math.max(1, roundHalfEven(width / factor)),
    height: Math.max(1, roundHalfEven(height / factor)),
  };
}

/**
 * Makes 24-bit pictures smaller exactly as OpenCV's `resize` with INTER_LINEAR does: two taps a side
 * with 11-bit weights and its rounding, or the mean of 2 x 2 where both sides halve.
 */
export class PictureShrinker {
  private readonly from: PictureSize;
  readonly to: PictureSize;
  private readonly columns: Taps;
  private readonly rows: Taps;
  private readonly isHalf: boolean;
  private readonly upper: Int32Array;
  private readonly lower: Int32Array;

  constructor(from: PictureSize, to: PictureSize) {
    this.from = from;
    this.to = to;
    this.columns = tapsOf(from.width, to.width, true);
    this.rows = tapsOf(from.height, to.height, false);
    this.isHalf = from.width === to.width * 2 && from.height === to.height * 2;
    this.upper = new Int32Array(to.width * CHANNELS);
    this.lower = new Int32Array(to.width * CHANNELS);
  }

  /** `source` has rows of width x 3 bytes without a gap; `target` takes to.width x to.height x 3. */
  shrink(source: Uint8Array, target: Uint8Array): void {
    if (this.isHalf) this.halve(source, target);
    else this.interpolate(source, target);
  }

  private halve(source: Uint8Array, target: Uint8Array): void {
    const stride = this.from.width * CHANNELS;
    const { width, height } = this.to;
    for (let y = 0, out = 0; y < height; y++) {
      let at = 2 * y * stride;
      for (let x = 0; x < width; x++, at += 2 * CHANNELS) {
        for (let c = 0; c < CHANNELS; c++, out++) {
          const i = at + c;
          const top = (source[i] ?? 0) + (source[i + CHANNELS] ?? 0);
          const bottom = (source[i + stride] ?? 0) + (source[i + stride + CHANNELS] ?? 0);
          target[out] = (top + bottom + 2) >> 2;
        }
      }
    }
  }

  private interpolate(source: Uint8Array, target: Uint8Array): void {
    const { rows, upper, lower } = this;
    const last = this.from.height - 1;
    const length = this.to.width * CHANNELS;
    for (let y = 0; y < this.to.height; y++) {
      const row = rows.at[y] ?? 0;
      this.mixRow(source, Math.min(Math.max(row, 0), last), upper);
      this.mixRow(source, Math.min(Math.max(row + 1, 0), last), lower);
      const first = rows.first[y] ?? 0;
      const second = rows.second[y] ?? 0;
      const out = y * length;
      for (let i = 0; i < length; i++) {
        const a = (first * ((upper[i] ?? 0) >> 4)) >> 16;
        const b = (second * ((lower[i] ?? 0) >> 4)) >> 16;
        target[out + i] = (a + b + 2) >> 2;
      }
    }
  }

  private mixRow(source: Uint8Array, row: number, out: Int32Array): void {
    const { at, first, second } = this.columns;
    const start = row * this.from.width * CHANNELS;
    const last = (this.from.width - 1) * CHANNELS;
    for (let x = 0, o = 0; x < this.to.width; x++) {
      const left = (at[x] ?? 0) * CHANNELS;
      const right = Math.min(left + CHANNELS, last);
      const a = first[x] ?? 0;
      const b = second[x] ?? 0;
      for (let c = 0; c < CHANNELS; c++, o++) {
        out[o] = (source[start + left + c] ?? 0) * a + (source[start + right + c] ?? 0) * b;
      }
    }
  }
}

/** For each output position: the first of two source positions, and the weights of both. */
interface Taps {
  at: Int32Array;
  first: Int32Array;
  second: Int32Array;
}

/** Positions and weights in single precision where OpenCV uses it; columns are held inside here. */
function tapsOf(from: number, to: number, isColumn: boolean): Taps {
  const taps = {
    at: new Int32Array(to),
    first: new Int32Array(to),
    second: new Int32Array(to),
  };
  const scale = 1 / (to / from);
  for (let i = 0; i < to; i++) {
    let place = Math.fround((i + 0.5) * scale - 0.5);
    let at = Math.floor(place);
    place = Math.fround(place - at);
    if (isColumn && at < 0) [at, place] = [0, 0];
    if (isColumn && at >= from - 1) [at, place] = [from - 1, 0];
    taps.at[i] = at;
    taps.first[i] = roundHalfEven(Math.fround(Math.fround(1 - place) * ONE));
    taps.second[i] = roundHalfEven(Math.fround(place * ONE));
  }
  return taps;
}
