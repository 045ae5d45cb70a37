/** A matrix in the memory of the WebAssembly build; it is not collected: `delete` it. */
export interface Mat {
  readonly rows: number;
  readonly cols: number;
  readonly data: Uint8Array;
  readonly data32F: Float32Array;
  delete(): void;
}

/** What Winnow uses of OpenCV. The package's own types are those of an older release. */
export interface OpenCv {
  Mat: { new (): Mat; new (rows: number, columns: number, type: number): Mat };
  Size: new (width: number, height: number) => object;
  CV_8UC3: number;
  COLOR_RGB2GRAY: number;
  INTER_AREA: number;
  cvtColor(from: Mat, to: Mat, code: number): void;
  resize(from: Mat, to: Mat, size: object, fx: number, fy: number, interpolation: number): void;
  calcOpticalFlowFarneback(
    previous: Mat,
    next: Mat,
    flow: Mat,
    pyramidScale: number,
    levels: number,
    windowSize: number,
    iterations: number,
    polyN: number,
    polySigma: number,
    flags: number,
  ): void;
}

let opened: Promise<OpenCv> | undefined;

/** OpenCV as WebAssembly: 13 MB that take 0.4 s, so only where it is needed. */
export function openCv(): Promise<OpenCv> {
  opened ??= load();
  return opened;
}

/** The module is itself a promise of OpenCV, which its types do not say. */
async function load(): Promise<OpenCv> {
  const module: unknown = await import('@techstark/opencv-js');
  return (module as { default: Promise<OpenCv> }).default;
}
