import type { TextDetection } from '../task.ts';
import { findComponents } from './components.ts';
import { pointsOf } from './dbnet.ts';
import { leastRectangle, type Point, type Rectangle, rectangleAlong } from './rectangle.ts';

const LEAST_PIXELS = 10;
/** Boxes that are this close to square are taken upright: the least rectangle of a disc may lie anyhow. */
const SQUARE_TOLERANCE = 0.1;

/** The mean and deviation of each channel in ImageNet, red, green, blue. */
export const CRAFT_CHANNELS = [
  { from: 0 as const, mean: 0.485, deviation: 0.229 },
  { from: 1 as const, mean: 0.456, deviation: 0.224 },
  { from: 2 as const, mean: 0.406, deviation: 0.225 },
].map(({ from, mean, deviation }) => ({
  from,
  scale: 1 / 255 / deviation,
  offset: -mean / deviation,
}));

/**
 * Text boxes of a region and an affinity map that lie pixel by pixel beside each other (Baek et al., CRAFT,
 * CVPR 2019, section 3.3, with the constants of its published code).
 */
export function craftBoxes(
  scores: Float32Array,
  map: { width: number; height: number },
  { textThreshold, linkThreshold, lowText }: Extract<TextDetection, { method: 'craft' }>,
): Rectangle[] {
  const { width, height } = map;
  const region = (at: number) => scores[at * 2] ?? 0;
  const isText = (at: number) => region(at) > lowText;
  const isLink = (at: number) => (scores[at * 2 + 1] ?? 0) > linkThreshold;
  const either = Uint8Array.from({ length: width * height }, (_, at) =>
    isText(at) || isLink(at) ? 1 : 0,
  );
  return findComponents(either, width, 4).flatMap((component) => {
    const highest = component.reduce((most, at) => Math.max(most, region(at)), 0);
    if (component.length < LEAST_PIXELS || highest < textThreshold) return [];
    const box = rectangleAlong(pointsOf(component, width), { x: 1, y: 0 });
    const [across, down] = [box.width + 1, box.height + 1];
    const steps = Math.floor(
      Math.sqrt((component.length * Math.min(across, down)) / (across * down)) * 2,
    );
    const characters = component.filter((at) => isText(at) || !isLink(at));
    const points = dilate(pointsOf(characters, width), steps, map);
    const least = leastRectangle(points);
    const [w, h] = [least.width, least.height];
    const ratio = Math.max(w, h) / (Math.min(w, h) + 1e-5);
    const isSquare = Math.abs(1 - ratio) <= SQUARE_TOLERANCE;
    return [isSquare ? rectangleAlong(points, { x: 1, y: 0 }) : least];
  });
}

/** Points of a set after dilation by a square of `steps` + 1 pixels, its anchor as OpenCV sets it. */
function dilate(
  points: readonly Point[],
  steps: number,
  map: { width: number; height: number },
): Point[] {
  const after = Math.floor((steps + 1) / 2);
  const before = steps - after;
  const x = (value: number) => Math.min(map.width - 1, Math.max(0, value));
  const y = (value: number) => Math.min(map.height - 1, Math.max(0, value));
  return points.flatMap((point) => [
    { x: x(point.x - before), y: y(point.y - before) },
    { x: x(point.x - before), y: y(point.y + after) },
    { x: x(point.x + after), y: y(point.y - before) },
    { x: x(point.x + after), y: y(point.y + after) },
  ]);
}
