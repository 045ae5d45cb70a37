import { planesOf, readFrames } from '../frames-file.ts';
import { type InferenceSession, runGraph } from '../onnx/sessions.ts';
import type { FramesFile, ModelFlow } from '../task.ts';
import { areaAverage } from './area-average.ts';

/** Sides that RAFT's graph works with are multiples of this. */
const STEP = 8;

/**
 * Mean length of the flow from each frame to the next, in pixels of the frames times `scale`, by a graph of two pictures
 * [1, 3, height, width] whose last output is the flow [1, 2, height, width] (x, then y).
 */
export async function measureModelFlow(
  session: InferenceSession,
  frames: FramesFile,
  { inputRange, mapShortSide, scale }: ModelFlow,
): Promise<number[]> {
  const pad = paddingOf(frames);
  const scaling =
    inputRange === '0..255' ? { scale: 1, offset: 0 } : { scale: 2 / 255, offset: -1 };
  const channels = ([0, 1, 2] as const).map((from) => ({ from, ...scaling }));
  const shape = [1, 3, pad.height, pad.width];
  const map = mapSize(frames, mapShortSide);
  const means: number[] = [];
  let previous: Float32Array | null = null;
  for (const pixels of readFrames(frames)) {
    const before = previous;
    previous = planesOf(padPixels(pixels, frames, pad), channels);
    if (!before) continue;
    const outputs = await runGraph(session, [
      { data: before, shape },
      { data: previous, shape },
    ]);
    const flow = outputs.at(-1);
    if (flow?.shape.join() !== [1, 2, pad.height, pad.width].join()) {
      throw new Error(
        `The flow has the shape ${flow?.shape.join(' x ')}; 1 x 2 x height x width is needed.`,
      );
    }
    const area = pad.width * pad.height;
    const [x, y] = [0, 1].map((plane) =>
      areaAverage(
        cropPlane(flow.data.subarray(plane * area, (plane + 1) * area), frames, pad),
        frames,
        map,
      ),
    );
    means.push(meanLength(x ?? new Float64Array(), y ?? new Float64Array(), scale));
  }
  return means;
}

interface Padding {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Half of what lacks to a multiple of 8 on each side, as RAFT's own InputPadder does it. */
function paddingOf({ width, height }: { width: number; height: number }): Padding {
  const [across, down] = [lackOf(width), lackOf(height)];
  return {
    left: Math.floor(across / 2),
    top: Math.floor(down / 2),
    width: width + across,
    height: height + down,
  };
}

function lackOf(side: number): number {
  return (STEP - (side % STEP)) % STEP;
}

/** Repeats the pixels of the edge outwards. */
function padPixels(
  pixels: Uint8Array,
  { width, height }: { width: number; height: number },
  pad: Padding,
): Uint8Array {
  if (pad.width === width && pad.height === height) return pixels;
  const padded = new Uint8Array(pad.width * pad.height * 3);
  for (let y = 0; y < pad.height; y++) {
    const row = Math.min(height - 1, Math.max(0, y - pad.top));
    for (let x = 0; x < pad.width; x++) {
      const column = Math.min(width - 1, Math.max(0, x - pad.left));
      const from = (row * width + column) * 3;
      padded.set(pixels.subarray(from, from + 3), (y * pad.width + x) * 3);
    }
  }
  return padded;
}

function cropPlane(
  plane: Float32Array,
  { width, height }: { width: number; height: number },
  pad: Padding,
): Float32Array {
  const cropped = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (y + pad.top) * pad.width + pad.left;
    cropped.set(plane.subarray(from, from + width), y * width);
  }
  return cropped;
}

function mapSize({ width, height }: { width: number; height: number }, shortSide: number) {
  const short = Math.min(width, height);
  const side = Math.min(short, shortSide);
  return {
    width: Math.floor((width * side) / short),
    height: Math.floor((height * side) / short),
  };
}

function meanLength(x: Float64Array, y: Float64Array, scale: ModelFlow['scale']): number {
  let sum = 0;
  for (const [at, value] of x.entries()) sum += Math.hypot(value * scale.x, (y[at] ?? 0) * scale.y);
  return sum / x.length;
}
