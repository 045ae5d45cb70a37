export interface Point {
  x: number;
  y: number;
}

/** A rectangle that may be turned. Pixels are points at whole coordinates, as in OpenCV's contours. */
export interface Rectangle {
  center: Point;
  /** Unit vector along `width`; `height` runs at right angles. */
  along: Point;
  width: number;
  height: number;
}

/** The rectangle of least area around points: one of its sides lies along a side of their convex hull. */
export function leastRectangle(points: readonly Point[]): Rectangle {
  const hull = convexHull(points);
  let best: Rectangle | null = null;
  for (const [at, from] of hull.entries()) {
    const to = hull[(at + 1) % hull.length] ?? from;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const along =
      length === 0 ? { x: 1, y: 0 } : { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
    const rectangle = rectangleAlong(hull, along);
    if (!best || rectangle.width * rectangle.height < best.width * best.height) best = rectangle;
  }
  return best ?? { center: { x: 0, y: 0 }, along: { x: 1, y: 0 }, width: 0, height: 0 };
}

/** The smallest rectangle around points whose sides run along a direction. */
export function rectangleAlong(points: readonly Point[], along: Point): Rectangle {
  const across = { x: -along.y, y: along.x };
  const [left, right] = rangeOf(points.map((point) => dot(point, along)));
  const [top, bottom] = rangeOf(points.map((point) => dot(point, across)));
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  return {
    center: { x: u * along.x + v * across.x, y: u * along.y + v * across.y },
    along,
    width: right - left,
    height: bottom - top,
  };
}

/** Moves each side outwards. */
export function growRectangle(rectangle: Rectangle, by: number): Rectangle {
  return { ...rectangle, width: rectangle.width + 2 * by, height: rectangle.height + 2 * by };
}

/** Calls `visit` with the position of each pixel of a map that lies in the rectangle or on its edge. */
export function visitPixels(
  { center, along, width, height }: Rectangle,
  map: { width: number; height: number },
  visit: (at: number) => void,
): void {
  const reachX = (Math.abs(along.x) * width + Math.abs(along.y) * height) / 2;
  const reachY = (Math.abs(along.y) * width + Math.abs(along.x) * height) / 2;
  const from = {
    x: Math.max(0, Math.ceil(center.x - reachX - EDGE)),
    y: Math.max(0, Math.ceil(center.y - reachY - EDGE)),
  };
  const to = {
    x: Math.min(map.width - 1, Math.floor(center.x + reachX + EDGE)),
    y: Math.min(map.height - 1, Math.floor(center.y + reachY + EDGE)),
  };
  for (let y = from.y; y <= to.y; y++) {
    for (let x = from.x; x <= to.x; x++) {
      const [dx, dy] = [x - center.x, y - center.y];
      const isInside =
        Math.abs(dx * along.x + dy * along.y) <= width / 2 + EDGE &&
        Math.abs(dy * along.x - dx * along.y) <= height / 2 + EDGE;
      if (isInside) visit(y * map.width + x);
    }
  }
}

/** So that a pixel on the edge counts, whatever the last digit says. */
const EDGE = 1e-6;

/** Andrew's monotone chain. */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (ordered: readonly Point[]) => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length > 1 && !turnsLeft(chain.at(-2), chain.at(-1), point)) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

function turnsLeft(a: Point | undefined, b: Point | undefined, c: Point): boolean {
  if (!a || !b) return true;
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;
}

function dot(a: Point, b: Point): number {
  return a.x * b.x + a.y * b.y;
}

function rangeOf(values: readonly number[]): [least: number, most: number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}
