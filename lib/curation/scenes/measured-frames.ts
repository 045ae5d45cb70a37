import { open } from 'node:fs/promises';
import {
  FIXED_FIELDS,
  type FrameDelta,
  fieldsPerFrame,
  RATE_FIELDS,
} from '#lib/platform/media/content/measurement.ts';

/** One record of the file that `media.measureContent` writes. */
export interface MeasuredFrame {
  readonly index: number;
  readonly microseconds: number;
  readonly isKey: boolean;
  readonly level: number;
  /** One for each rate; null where the rate skips the frame or has nothing to compare it with. */
  readonly deltas: readonly (FrameDelta | null)[];
}

const CHUNK_FRAMES = 4096;

/** Reads measured frames some thousand at a time. */
export async function* readMeasuredFrames(
  path: string,
  rates: number,
): AsyncGenerator<MeasuredFrame[]> {
  const fields = fieldsPerFrame(rates);
  const numbers = new Float64Array(fields * CHUNK_FRAMES);
  const bytes = new Uint8Array(numbers.buffer);
  const file = await open(path);
  try {
    for (let first = 0; ; ) {
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      const count = Math.floor(filled / (fields * 8));
      if (count === 0) return;
      yield Array.from({ length: count }, (_, at) =>
        frameOf(numbers.subarray(at * fields, (at + 1) * fields), first + at, rates),
      );
      first += count;
    }
  } finally {
    await file.close();
  }
}

function frameOf(record: Float64Array, index: number, rates: number): MeasuredFrame {
  const [microseconds = 0, key = 0, level = 0] = record;
  return {
    index,
    microseconds,
    isKey: key !== 0,
    level,
    deltas: Array.from({ length: rates }, (_, rate) => {
      const at = FIXED_FIELDS + rate * RATE_FIELDS;
      const [hue = 0, saturation = 0, brightness = 0, edges = 0] = record.subarray(
        at,
        at + RATE_FIELDS,
      );
      return Number.isNaN(hue) ? null : { hue, saturation, brightness, edges };
    }),
  };
}
