import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FramesFile } from './task.ts';

/** The bytes of each frame of a file, one in memory at a time: width x height x 3, red, green, blue. */
export function* readFrames({ path, width, height, count }: FramesFile): Generator<Uint8Array> {
  const size = width * height * 3;
  const file = openSync(path, 'r');
  try {
    const { size: bytes } = fstatSync(file);
    if (bytes !== size * count) {
      throw new Error(`The file of frames has ${bytes} bytes instead of ${size * count}.`);
    }
    for (let at = 0; at < count; at++) {
      const pixels = new Uint8Array(size);
      if (readSync(file, pixels, 0, size, at * size) !== size)
        throw new Error('A frame is cut off.');
      yield pixels;
    }
  } finally {
    closeSync(file);
  }
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
