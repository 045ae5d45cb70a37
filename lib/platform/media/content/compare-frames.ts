import { EdgeFinder } from './edges.ts';
import { type HsvPlanes, newPlanes, toHsv } from './hsv.ts';
import type { FrameDelta } from './measurement.ts';
import type { PictureSize } from './shrink-picture.ts';

interface Looks {
  planes: HsvPlanes;
  edges: Uint8Array | null;
}

/**
 * Compares pictures in HSV, each with the one before it at each of several rates: rate k looks at every
 * `strides[k]`-th picture. What is kept is one picture a rate, however long the video.
 */
export class FrameComparer {
  private readonly pixels: number;
  private readonly strides: readonly number[];
  private readonly finder: EdgeFinder | null;
  private readonly last: (Looks | null)[];
  /** One more than there are rates, so that one is always free. */
  private readonly pool: readonly Looks[];
  private count = 0;

  constructor(
    size: PictureSize,
    strides: readonly number[],
    edges: { kernelSize: number | null } | null,
  ) {
    this.pixels = size.width * size.height;
    this.strides = strides;
    this.finder = edges ? new EdgeFinder(size, edges.kernelSize ?? undefined) : null;
    this.last = strides.map(() => null);
    this.pool = [null, ...strides].map(() => this.newLooks());
  }

  /**
   * Takes the next picture; one answer a rate: null where the rate skips it or has nothing to compare
   * it with.
   */
  next(bgr: Uint8Array): (FrameDelta | null)[] {
    const current = this.pool.find((looks) => !this.last.includes(looks));
    if (!current) throw new Error('There is one set of planes more than rates.');
    toHsv(bgr, current.planes);
    if (current.edges) this.finder?.find(current.planes.brightness, current.edges);
    const answers = this.strides.map((stride, rate) => {
      if (this.count % stride !== 0) return null;
      const before = this.last[rate] ?? null;
      this.last[rate] = current;
      return before && this.compare(before, current);
    });
    this.count++;
    return answers;
  }

  private compare(before: Looks, after: Looks): FrameDelta {
    const distance = (a: Uint8Array, b: Uint8Array) => sumOfDifferences(a, b) / this.pixels;
    return {
      hue: distance(before.planes.hue, after.planes.hue),
      saturation: distance(before.planes.saturation, after.planes.saturation),
      brightness: distance(before.planes.brightness, after.planes.brightness),
      edges: before.edges && after.edges ? distance(before.edges, after.edges) : 0,
    };
  }

  private newLooks(): Looks {
    return {
      planes: newPlanes(this.pixels),
      edges: this.finder ? new Uint8Array(this.pixels) : null,
    };
  }
}

function sumOfDifferences(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    sum += difference < 0 ? -difference : difference;
  }
  return sum;
}
