import type { PictureSize } from './shrink-picture.ts';

/** tan(22.5 degrees) in 15 bits, as in OpenCV's Canny. */
const TANGENT = 13573;
const BITS = 15;
/** Half-width of the band around the median in which edges may be weak: one third. */
const BAND = 1 / 3;

const NONE = 0;
const WEAK = 1;
const STRONG = 2;

/** Side of the square by which edges are widened, by the picture's size: PySceneDetect's estimate. */
export function edgeKernelSize({ width, height }: PictureSize): number {
  const size = 4 + Math.round(Math.sqrt(width * height) / 192);
  return size % 2 === 0 ? size + 1 : size;
}

/**
 * Finds the edges of a brightness plane as PySceneDetect does: Canny (3 x 3 Sobel, L1 magnitude)
 * between 2/3 and 4/3 of the median, widened by a square. Edges are 255, the rest 0.
 */
export class EdgeFinder {
  private readonly size: PictureSize;
  private readonly kernel: number;
  private readonly dx: Int16Array;
  private readonly dy: Int16Array;
  /** With a border of zeros. */
  private readonly magnitude: Int32Array;
  private readonly marks: Uint8Array;
  private readonly rows: Uint8Array;
  private readonly stack: number[] = [];

  constructor(size: PictureSize, kernel: number = edgeKernelSize(size)) {
    this.size = size;
    this.kernel = kernel;
    const pixels = size.width * size.height;
    this.dx = new Int16Array(pixels);
    this.dy = new Int16Array(pixels);
    this.magnitude = new Int32Array((size.width + 2) * (size.height + 2));
    this.marks = new Uint8Array((size.width + 2) * (size.height + 2));
    this.rows = new Uint8Array(pixels);
  }

  find(brightness: Uint8Array, edges: Uint8Array): void {
    const median = medianOf(brightness);
    this.differentiate(brightness);
    this.mark(
      Math.trunc(Math.max(0, (1 - BAND) * median)),
      Math.trunc(Math.min(255, (1 + BAND) * median)),
    );
    this.spread();
    this.widen(edges);
  }

  /** Sobel with the outermost pixels repeated, and |dx| + |dy|. */
  private differentiate(plane: Uint8Array): void {
    const { width, height } = this.size;
    for (let y = 0; y < height; y++) {
      const above = Math.max(y - 1, 0) * width;
      const here = y * width;
      const below = Math.min(y + 1, height - 1) * width;
      for (let x = 0; x < width; x++) {
        const l = Math.max(x - 1, 0);
        const r = Math.min(x + 1, width - 1);
        const nw = plane[above + l] ?? 0;
        const ne = plane[above + r] ?? 0;
        const sw = plane[below + l] ?? 0;
        const se = plane[below + r] ?? 0;
        const dx = ne + se - nw - sw + 2 * ((plane[here + r] ?? 0) - (plane[here + l] ?? 0));
        const dy = sw + se - nw - ne + 2 * ((plane[below + x] ?? 0) - (plane[above + x] ?? 0));
        this.dx[here + x] = dx;
        this.dy[here + x] = dy;
        this.magnitude[(y + 1) * (width + 2) + x + 1] = Math.abs(dx) + Math.abs(dy);
      }
    }
  }

  /** Keeps the local maxima across the edge: weak above `low`, strong above `high`. */
  private mark(low: number, high: number): void {
    const { width, height } = this.size;
    const stride = width + 2;
    const { magnitude, marks, stack } = this;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = (y + 1) * stride + x + 1;
        const m = magnitude[at] ?? 0;
        marks[at] = NONE;
        if (m <= low || !this.isRidge(y * width + x, at, m, stride)) continue;
        marks[at] = m > high ? STRONG : WEAK;
        if (m > high) stack.push(at);
      }
    }
  }

  private isRidge(pixel: number, at: number, m: number, stride: number): boolean {
    const { magnitude } = this;
    const dx = this.dx[pixel] ?? 0;
    const dy = this.dy[pixel] ?? 0;
    const x = Math.abs(dx);
    const y = Math.abs(dy) << BITS;
    const flat = x * TANGENT;
    if (y < flat) return m > (magnitude[at - 1] ?? 0) && m >= (magnitude[at + 1] ?? 0);
    if (y > flat + (x << (BITS + 1))) {
      return m > (magnitude[at - stride] ?? 0) && m >= (magnitude[at + stride] ?? 0);
    }
    const side = (dx ^ dy) < 0 ? -1 : 1;
    return m > (magnitude[at - stride - side] ?? 0) && m > (magnitude[at + stride + side] ?? 0);
  }

  /** Weak pixels that touch a strong one become strong. */
  private spread(): void {
    const { marks, stack } = this;
    const stride = this.size.width + 2;
    const around = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      for (const step of around) {
        if (marks[at + step] !== WEAK) continue;
        marks[at + step] = STRONG;
        stack.push(at + step);
      }
    }
  }

  /** Dilation by a square, first along the rows, then along the columns. */
  private widen(edges: Uint8Array): void {
    const { width, height } = this.size;
    const reach = this.kernel >> 1;
    this.rows.fill(0);
    edges.fill(0);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (this.marks[(y + 1) * (width + 2) + x + 1] !== STRONG) continue;
        const from = y * width + Math.max(0, x - reach);
        this.rows.fill(255, from, y * width + Math.min(width, x + reach + 1));
      }
    }
    for (let y = 0; y < height; y++) {
      const last = Math.min(height - 1, y + reach);
      for (let x = 0; x < width; x++) {
        if (this.rows[y * width + x] === 0) continue;
        for (let row = Math.max(0, y - reach); row <= last; row++) edges[row * width + x] = 255;
      }
    }
  }
}

/** The median of bytes; the mean of the middle two where their number is even. */
function medianOf(bytes: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    counts[byte] = (counts[byte] ?? 0) + 1;
  }
  const valueAt = (rank: number) => {
    let seen = 0;
    return counts.findIndex((count) => {
      seen += count;
      return seen > rank;
    });
  };
  const upper = valueAt(bytes.length >> 1);
  return bytes.length % 2 === 1 ? upper : (valueAt((bytes.length >> 1) - 1) + upper) / 2;
}
