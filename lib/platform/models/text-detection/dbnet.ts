import type { TextDetection } from '../task.ts';
import { type Component, findComponents } from './components.ts';
import {
  growRectangle,
  leastRectangle,
  type Point,
  type Rectangle,
  visitPixels,
} from './rectangle.ts';

const LEAST_SIDE = 3;
const LEAST_GROWN_SIDE = 5;

/** The mean and deviation of each channel in ImageNet; PaddleOCR gives the channels as blue, green, red. */
export const DBNET_CHANNELS = [
  { from: 2 as const, mean: 0.485, deviation: 0.229 },
  { from: 1 as const, mean: 0.456, deviation: 0.224 },
  { from: 0 as const, mean: 0.406, deviation: 0.225 },
].map(({ from, mean, deviation }) => ({
  from,
  scale: 1 / 255 / deviation,
  offset: -mean / deviation,
}));

/**
 * Text boxes of a probability map (Liao et al., DBNet, AAAI 2020, as PaddleOCR's DBPostProcess with
 * `score_mode: fast` and `box_type: quad`): components of the pixels above the threshold, the least
 * rectangle of each, those whose mean probability is too low left out, the rest grown.
 */
export function dbnetBoxes(
  probabilities: Float32Array,
  map: { width: number; height: number },
  { pixelThreshold, boxThreshold, unclipRatio }: Extract<TextDetection, { method: 'dbnet' }>,
): Rectangle[] {
  const text = Uint8Array.from(probabilities, (value) => (value > pixelThreshold ? 1 : 0));
  return findComponents(text, map.width, 8).flatMap((component) => {
    const box = leastRectangle(pointsOf(component, map.width));
    if (Math.min(box.width, box.height) < LEAST_SIDE) return [];
    if (meanWithin(box, probabilities, map) < boxThreshold) return [];
    const distance = (box.width * box.height * unclipRatio) / (2 * (box.width + box.height));
    const grown = growRectangle(box, distance);
    return Math.min(grown.width, grown.height) < LEAST_GROWN_SIDE ? [] : [grown];
  });
}

/** The outermost pixels of each row of a component: enough for its hull. */
export function pointsOf(component: Component, width: number): Point[] {
  const rows = new Map<number, { least: number; most: number }>();
  for (const at of component) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const row = rows.get(y);
    if (!row) rows.set(y, { least: x, most: x });
    else if (x < row.least) row.least = x;
    else if (x > row.most) row.most = x;
  }
  return [...rows].flatMap(([y, { least, most }]) => [
    { x: least, y },
    { x: most, y },
  ]);
}

function meanWithin(
  box: Rectangle,
  values: Float32Array,
  map: { width: number; height: number },
): number {
  let sum = 0;
  let count = 0;
  visitPixels(box, map, (at) => {
    sum += values[at] ?? 0;
    count++;
  });
  return count === 0 ? 0 : sum / count;
}
