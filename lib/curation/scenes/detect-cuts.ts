import { AdaptiveDetector } from './adaptive-detector.ts';
import { placeCuts } from './cascade.ts';
import { ContentDetector } from './content-detector.ts';
import { contentScore, type Detector } from './detector.ts';
import { FadeDetector } from './fade-detector.ts';
import type { MeasuredFrame } from './measured-frames.ts';
import type { DetectorSettings } from './settings.ts';

/** Every frame's time, which of them are keyframes, and where the cuts are. */
export interface DetectedCuts {
  /** Frames that begin a new scene, in order, without the first. */
  readonly cuts: readonly number[];
  /** Microseconds of each frame. */
  readonly microseconds: Float64Array;
  readonly keyframes: readonly number[];
}

interface Running {
  readonly detector: Detector;
  readonly settings: DetectorSettings;
  readonly rate: number;
  readonly stride: number;
  readonly cuts: number[];
}

const PLAIN_WEIGHTS = { hue: 1, saturation: 1, brightness: 1, edges: 0 };

/** The rates that the detectors need, every frame first: what `media.measureContent` is asked for. */
export function ratesOf(detectors: readonly DetectorSettings[]): (number | null)[] {
  const rates = detectors.flatMap((one) =>
    one.kind === 'fade' || one.fps === null ? [] : one.fps,
  );
  return [null, ...new Set(rates)];
}

export function needsEdges(detectors: readonly DetectorSettings[]): boolean {
  return detectors.some((one) => one.kind !== 'fade' && one.weights.edges !== 0);
}

/**
 * Runs a cascade of detectors over measured frames. The cuts of detectors that see every frame stand as
 * they are; a detector at a lower rate knows only that there is one between two frames that it saw, and
 * `placeCuts` finds where.
 *
 * @param strides for each rate of `ratesOf`, as the measurement says
 * @param fps of the video, for the minimum length
 */
export async function detectCuts(
  chunks: AsyncIterable<readonly MeasuredFrame[]>,
  detectors: readonly DetectorSettings[],
  {
    minSceneFrames,
    strides,
    fps,
  }: { minSceneFrames: number; strides: readonly number[]; fps: number },
): Promise<DetectedCuts> {
  const rates = ratesOf(detectors);
  const running = detectors.map((settings): Running => {
    const rate = settings.kind === 'fade' ? 0 : rates.indexOf(settings.fps);
    const detector = makeDetector(settings, minSceneFrames, fps);
    return { detector, settings, rate, stride: strides[rate] ?? 1, cuts: [] };
  });
  const microseconds: number[] = [];
  const scores: number[] = [];
  const keyframes: number[] = [];
  for await (const frames of chunks) {
    for (const frame of frames) {
      microseconds.push(frame.microseconds);
      scores.push(contentScore(frame.deltas[0] ?? null, PLAIN_WEIGHTS));
      if (frame.isKey) keyframes.push(frame.index);
      for (const { detector, rate, stride, cuts } of running) {
        if (frame.index % stride !== 0) continue;
        const { index, level } = frame;
        const delta = frame.deltas[rate] ?? null;
        cuts.push(...detector.next({ index, microseconds: frame.microseconds, level, delta }));
      }
    }
  }
  for (const { detector, cuts } of running) cuts.push(...detector.end());
  return {
    cuts: placeCuts(running, scores),
    microseconds: Float64Array.from(microseconds),
    keyframes,
  };
}

function makeDetector(settings: DetectorSettings, minSceneFrames: number, fps: number): Detector {
  switch (settings.kind) {
    case 'content':
      return new ContentDetector(settings, minSceneFrames, fps);
    case 'adaptive':
      return new AdaptiveDetector(settings, minSceneFrames, fps);
    case 'fade':
      return new FadeDetector(settings, minSceneFrames, fps);
  }
}
