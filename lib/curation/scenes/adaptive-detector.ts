import { roundHalfEven } from '#lib/core/round-half-even.ts';
import { contentScore, type Detector, type SceneFrame, type ScoreWeights } from './detector.ts';

interface Scored {
  readonly index: number;
  readonly microseconds: number;
  readonly score: number;
}

const MOST_RATIO = 255;
const NEARLY_ZERO = 0.00001;
const MICROSECONDS = 1e6;

/**
 * Finds cuts where a frame's score stands out from its neighbours', so that camera motion, which raises
 * them all, makes none (PySceneDetect's AdaptiveDetector).
 */
export class AdaptiveDetector implements Detector {
  private readonly settings: {
    threshold: number;
    window: number;
    minContent: number;
    weights: ScoreWeights;
  };
  private readonly minSceneFrames: number;
  private readonly fps: number;
  private readonly onRatio: ((index: number, ratio: number) => void) | undefined;
  private buffer: Scored[] = [];
  private lastCut: number | null = null;

  constructor(
    settings: AdaptiveDetector['settings'],
    minSceneFrames: number,
    fps: number,
    onRatio?: (index: number, ratio: number) => void,
  ) {
    this.settings = settings;
    this.minSceneFrames = minSceneFrames;
    this.fps = fps;
    this.onRatio = onRatio;
  }

  next({ index, microseconds, delta }: SceneFrame): readonly number[] {
    const { threshold, window, minContent, weights } = this.settings;
    this.lastCut ??= microseconds;
    this.buffer.push({ index, microseconds, score: contentScore(delta, weights) });
    const needed = 1 + 2 * window;
    if (this.buffer.length < needed) return [];
    this.buffer = this.buffer.slice(-needed);
    const target = this.buffer[window];
    if (!target) return [];
    const ratio = this.ratioOf(target, window, minContent);
    this.onRatio?.(target.index, ratio);
    const passed = Math.max(0, microseconds - this.lastCut) / MICROSECONDS;
    const isLong = roundHalfEven(passed * this.fps) >= this.minSceneFrames;
    if (ratio < threshold || target.score < minContent || !isLong) return [];
    this.lastCut = target.microseconds;
    return [target.index];
  }

  end(): readonly number[] {
    return [];
  }

  private ratioOf(target: Scored, window: number, minContent: number): number {
    const sum = this.buffer.reduce((s, { score }, at) => (at === window ? s : s + score), 0);
    const mean = sum / (2 * window);
    if (Math.abs(mean) >= NEARLY_ZERO) return Math.min(target.score / mean, MOST_RATIO);
    return target.score >= minContent ? MOST_RATIO : 0;
  }
}
