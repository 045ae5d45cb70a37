import { readFileSync } from 'node:fs';
import type { FramesFile } from './task.ts';

/** The bytes of each frame of a file: width x height x 3, red, green, blue. */
export function readFrames({ path, width, height, count }: FramesFile): Uint8Array[] {
  const bytes = readFileSync(path);
  const size = width * height * 3;
  if (bytes.length !== size * count) {
    throw new Error(`The file of frames has ${bytes.length} bytes instead of ${size * count}.`);
  }
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

/** A picture as a graph takes it: [1, 3, height, width], each value by `scale` and `offset` of its channel. */
export function planesOf(
  pixels: Uint8Array,
  channels: readonly { from: 0 | 1 | 2; scale: number; offset: number }[],
): Float32Array {
  const area = pixels.length / 3;
  const planes = new Float32Array(area * channels.length);
  for (const [plane, { from, scale, offset }] of channels.entries()) {
    for (let at = 0; at < area; at++) {
      planes[plane * area + at] = (pixels[at * 3 + from] ?? 0) * scale + offset;
    }
  }
  return planes;
}
