import { roundHalfEven } from '#lib/core/round-half-even.ts';

const SHIFT = 12;
const HALF = 1 << (SHIFT - 1);
const HUES = 180;

const SATURATION = new Int32Array(256);
const HUE = new Int32Array(256);
for (let i = 1; i < 256; i++) {
  SATURATION[i] = roundHalfEven((255 << SHIFT) / i);
  HUE[i] = roundHalfEven((HUES << SHIFT) / (6 * i));
}

/** One picture as three planes: hue in [0, 180), saturation and brightness in [0, 255]. */
export interface HsvPlanes {
  readonly hue: Uint8Array;
  readonly saturation: Uint8Array;
  readonly brightness: Uint8Array;
}

export function newPlanes(pixels: number): HsvPlanes {
  return {
    hue: new Uint8Array(pixels),
    saturation: new Uint8Array(pixels),
    brightness: new Uint8Array(pixels),
  };
}

/** Turns 8-bit BGR into HSV with the table arithmetic of OpenCV's COLOR_BGR2HSV, bit by bit. */
export function toHsv(bgr: Uint8Array, planes: HsvPlanes): void {
  const { hue, saturation, brightness } = planes;
  for (let pixel = 0, at = 0; pixel < hue.length; pixel++, at += 3) {
    const b = bgr[at] ?? 0;
    const g = bgr[at + 1] ?? 0;
    const r = bgr[at + 2] ?? 0;
    const most = Math.max(Math.max(b, g), r);
    const least = Math.min(Math.min(b, g), r);
    const spread = most - least;
    const turn = most === r ? g - b : most === g ? b - r + 2 * spread : r - g + 4 * spread;
    const angle = (turn * (HUE[spread] ?? 0) + HALF) >> SHIFT;
    hue[pixel] = angle < 0 ? angle + HUES : angle;
    saturation[pixel] = (spread * (SATURATION[most] ?? 0) + HALF) >> SHIFT;
    brightness[pixel] = most;
  }
}
