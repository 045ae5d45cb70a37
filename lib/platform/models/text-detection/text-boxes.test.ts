import { expect, test } from 'vitest';
import expected from '#tests/golden/text_boxes/reference.json' with { type: 'json' };
import { textDetection } from '../task.ts';
import { findComponents } from './components.ts';
import { craftBoxes } from './craft.ts';
import { dbnetBoxes } from './dbnet.ts';
import { coveredShare } from './detect-text.ts';
import { growRectangle, leastRectangle, rectangleAlong } from './rectangle.ts';

const map = { width: 160, height: 96 };
/** Centre x, centre y, half length, half thickness, angle in degrees, height of the ridge. */
const BARS = [
  [40, 20, 28, 5, 0, 0.95],
  [110, 25, 22, 4, 20, 0.9],
  [120, 70, 25, 6, -35, 0.85],
  [30, 70, 9, 9, 0, 0.9],
  [70, 50, 12, 1.2, 10, 0.9],
  [60, 80, 10, 3, 0, 0.5],
  [48, 24, 20, 3, 60, 0.8],
] as const;

/** The map of tests/golden/text_boxes/make-reference.py. */
function field(scale: number): Float32Array {
  return Float32Array.from({ length: map.width * map.height }, (_, at) => {
    const [x, y] = [at % map.width, Math.floor(at / map.width)];
    return Math.max(
      ...BARS.map(([cx, cy, halfLength, halfWidth, degrees, top]) => {
        const angle = (degrees * Math.PI) / 180;
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        const along = Math.abs((x - cx) * cos + (y - cy) * sin) - halfLength * scale;
        const across = Math.abs((y - cy) * cos - (x - cx) * sin) - halfWidth * scale;
        return top / (1 + Math.exp(2 * Math.max(along, across)));
      }),
    );
  });
}

function dbnet(changes: object = {}) {
  const settings = textDetection.parse({ method: 'dbnet', ...changes });
  if (settings.method !== 'dbnet') throw new Error('Another method came out.');
  return settings;
}

function craft() {
  const settings = textDetection.parse({ method: 'craft' });
  if (settings.method !== 'craft') throw new Error('Another method came out.');
  return settings;
}

test("DBNet's boxes are those of native OpenCV", () => {
  const boxes = dbnetBoxes(field(1), map, dbnet());
  expect(boxes).toHaveLength(expected.dbnet.boxes);
  expect(coveredShare(boxes, map)).toBeCloseTo(expected.dbnet.share, 3);
});

test("CRAFT's boxes are those of native OpenCV", () => {
  const [region, affinity] = [field(1), field(0.7)];
  const scores = Float32Array.from({ length: region.length * 2 }, (_, at) =>
    at % 2 === 0 ? (region[at / 2] ?? 0) : (affinity[(at - 1) / 2] ?? 0),
  );
  const boxes = craftBoxes(scores, map, craft());
  expect(boxes).toHaveLength(expected.craft.boxes);
  expect(coveredShare(boxes, map)).toBeCloseTo(expected.craft.share, 3);
});

test('boxes that overlap are counted once, and what lies outside of the picture not at all', () => {
  const square = (x: number, y: number) =>
    rectangleAlong(
      [
        { x, y },
        { x: x + 9, y: y + 9 },
      ],
      { x: 1, y: 0 },
    );
  const small = { width: 20, height: 10 };
  expect(coveredShare([], small)).toBe(0);
  expect(coveredShare([square(0, 0)], small)).toBe(0.5);
  expect(coveredShare([square(0, 0), square(0, 0)], small)).toBe(0.5);
  expect(coveredShare([square(0, 0), square(5, 0)], small)).toBe(0.75);
  expect(coveredShare([square(15, 5)], small)).toBe(0.125);
  expect(coveredShare([growRectangle(square(5, 5), 100)], small)).toBe(1);
});

test('a box that is too thin, too uncertain or empty does not count', () => {
  const bar = (rows: number, value: number) =>
    Float32Array.from({ length: map.width * map.height }, (_, at) =>
      at < rows * map.width ? value : 0,
    );
  expect(dbnetBoxes(bar(3, 1), map, dbnet())).toHaveLength(0);
  expect(dbnetBoxes(bar(4, 1), map, dbnet())).toHaveLength(1);
  expect(dbnetBoxes(bar(4, 0.5), map, dbnet())).toHaveLength(0);
  expect(dbnetBoxes(bar(4, 0.5), map, dbnet({ boxThreshold: 0.4 }))).toHaveLength(1);
  expect(dbnetBoxes(bar(0, 1), map, dbnet())).toHaveLength(0);
});

test('pixels hang together by their corners only where that is asked for', () => {
  const diagonal = Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  expect(findComponents(diagonal, 3, 8)).toEqual([[0, 4, 8]]);
  expect(findComponents(diagonal, 3, 4)).toEqual([[0], [4], [8]]);
  // The end of a row and the start of the next are no neighbours.
  expect(findComponents(Uint8Array.of(0, 0, 1, 1, 0, 0), 3, 8)).toHaveLength(2);
});

test('the least rectangle follows a turned shape', () => {
  const diamond = [
    { x: 10, y: 0 },
    { x: 20, y: 10 },
    { x: 10, y: 20 },
    { x: 0, y: 10 },
  ];
  const { width, height, center } = leastRectangle(diamond);
  expect(width * height).toBeCloseTo(200, 9);
  expect(center).toEqual({ x: expect.closeTo(10, 9), y: expect.closeTo(10, 9) });
  expect(leastRectangle([{ x: 3, y: 4 }])).toMatchObject({ width: 0, height: 0 });
});
