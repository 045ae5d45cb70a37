import { roundHalfEven } from '#lib/core/round-half-even.ts';
import type { Detector, SceneFrame } from './detector.ts';

const MICROSECONDS = 1e6;

/**
 * Finds fades: the picture falls below a level and comes back. The cut lies between the two, moved by the
 * bias: -1 where it got dark, 0 in the middle, 1 where it came back (PySceneDetect's ThresholdDetector).
 */
export class FadeDetector implements Detector {
  private readonly settings: { threshold: number; bias: number; hasLastCut: boolean };
  private readonly minSceneFrames: number;
  private readonly fps: number;
  private isDark = false;
  private fade: SceneFrame | null = null;
  private lastCut: number | null = null;
  private last: SceneFrame | null = null;

  constructor(settings: FadeDetector['settings'], minSceneFrames: number, fps: number) {
    this.settings = settings;
    this.minSceneFrames = minSceneFrames;
    this.fps = fps;
  }

  next(frame: SceneFrame): readonly number[] {
    const isDark = frame.level < Math.trunc(this.settings.threshold);
    this.lastCut ??= frame.microseconds;
    this.last = frame;
    const before = this.fade;
    if (before && isDark === this.isDark) return [];
    this.isDark = isDark;
    this.fade = frame;
    if (!before || isDark || !this.isLong(frame)) return [];
    this.lastCut = frame.microseconds;
    const frames = frame.index - before.index;
    return [before.index + roundHalfEven((frames * (1 + this.settings.bias)) / 2)];
  }

  end(): readonly number[] {
    const { fade, last } = this;
    if (!this.settings.hasLastCut || !this.isDark || !fade || !last) return [];
    return this.isLong(last) ? [fade.index] : [];
  }

  private isLong({ microseconds }: SceneFrame): boolean {
    const passed = Math.max(0, microseconds - (this.lastCut ?? 0)) / MICROSECONDS;
    return roundHalfEven(passed * this.fps) >= this.minSceneFrames;
  }
}
