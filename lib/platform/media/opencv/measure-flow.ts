import type { DecodedFrame } from '../ffmpeg/decode-frames.ts';
import { pickFrames } from '../ffmpeg/pick-frames.ts';
import { RgbFilter } from '../ffmpeg/write-frames.ts';
import type { FlowReport, FlowSettings } from '../flow.ts';
import type { MediaLimits } from '../limits.ts';
import { refuse } from '../refusal.ts';
import { type Mat, type OpenCv, openCv } from './opencv.ts';

/** Farneback's parameters in the paper's pipeline, as video2dataset has them. */
const FARNEBACK = {
  pyramidScale: 0.5,
  levels: 3,
  windowSize: 15,
  iterations: 3,
  polyN: 5,
  polySigma: 1.2,
  flags: 0,
};

/**
 * Measures how much a video moves: dense optical flow (Farneback, SCIA 2003, as OpenCV has it) from each
 * sampled frame to the next, each flow map averaged down to a small one (OpenCV's INTER_AREA), the mean
 * length of its vectors, and the mean of these over the pairs.
 *
 * @throws AppError BAD_INPUT; TOO_SHORT when fewer than two frames are sampled
 */
export async function measureFlow(
  path: string,
  settings: FlowSettings,
  limits: MediaLimits,
): Promise<FlowReport> {
  const cv = await openCv();
  const { framesPerSecond } = settings;
  let meter: FlowMeter | null = null;
  try {
    for (const { frame, video } of pickFrames(path, { framesPerSecond }, limits)) {
      meter ??= new FlowMeter(cv, frame, video, settings);
      meter.take(frame);
    }
    return meter ? meter.report() : tooShort(framesPerSecond);
  } finally {
    meter?.free();
  }
}

class FlowMeter {
  private readonly cv: OpenCv;
  private readonly settings: FlowSettings;
  private readonly filter: RgbFilter;
  private readonly color: Mat;
  private previous: Mat;
  private next: Mat;
  private readonly flow: Mat;
  private readonly map: Mat;
  private readonly pairs: number[] = [];
  private frames = 0;

  constructor(
    cv: OpenCv,
    first: DecodedFrame['frame'],
    video: ConstructorParameters<typeof RgbFilter>[1],
    settings: FlowSettings,
  ) {
    this.cv = cv;
    this.settings = settings;
    this.filter = new RgbFilter(first, video, { shortSide: settings.workingShortSide });
    const { width, height } = this.filter.picture;
    this.color = new cv.Mat(height, width, cv.CV_8UC3);
    [this.previous, this.next] = [new cv.Mat(), new cv.Mat()];
    [this.flow, this.map] = [new cv.Mat(), new cv.Mat()];
  }

  take(frame: DecodedFrame['frame']): void {
    const { cv } = this;
    [this.previous, this.next] = [this.next, this.previous];
    this.color.data.set(this.filter.apply(frame));
    cv.cvtColor(this.color, this.next, cv.COLOR_RGB2GRAY);
    if (this.frames++ > 0) this.pairs.push(this.measurePair());
  }

  report(): FlowReport {
    const { pairs, filter, settings } = this;
    if (pairs.length === 0) return tooShort(settings.framesPerSecond);
    return { mean: meanOf(pairs), pairs, ...filter.picture };
  }

  free(): void {
    for (const mat of [this.color, this.previous, this.next, this.flow, this.map]) mat.delete();
    this.filter.free();
  }

  private measurePair(): number {
    const { cv, flow, map, filter, settings } = this;
    const { pyramidScale, levels, windowSize, iterations, polyN, polySigma, flags } = FARNEBACK;
    cv.calcOpticalFlowFarneback(
      this.previous,
      this.next,
      flow,
      pyramidScale,
      levels,
      windowSize,
      iterations,
      polyN,
      polySigma,
      flags,
    );
    const { width, height } = mapSize(filter.picture, settings.mapShortSide);
    cv.resize(flow, map, new cv.Size(width, height), 0, 0, cv.INTER_AREA);
    const scale =
      settings.unit === 'source-pixels'
        ? Math.min(filter.source.width, filter.source.height) /
          Math.min(filter.picture.width, filter.picture.height)
        : 1;
    return scale * meanLength(map.data32F);
  }
}

/** The short side as asked, the long one in proportion and rounded down; never enlarged. */
export function mapSize(
  picture: { width: number; height: number },
  shortSide: number,
): { width: number; height: number } {
  const { width, height } = picture;
  const short = Math.min(width, height);
  const side = Math.min(short, shortSide);
  return {
    width: Math.floor((width * side) / short),
    height: Math.floor((height * side) / short),
  };
}

/** Mean length of vectors that lie one after the other as x, y. */
export function meanLength(vectors: Float32Array): number {
  let sum = 0;
  for (let at = 0; at + 1 < vectors.length; at += 2) {
    sum += Math.hypot(vectors[at] ?? 0, vectors[at + 1] ?? 0);
  }
  return sum / (vectors.length / 2);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function tooShort(framesPerSecond: number): never {
  throw refuse(
    'TOO_SHORT',
    `The video is too short to measure motion at ${framesPerSecond} frames a second: two frames are needed.`,
  );
}
