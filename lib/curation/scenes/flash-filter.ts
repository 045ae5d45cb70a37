/**
 * What happens to cuts that come before a scene's minimum length has passed, as in PySceneDetect's
 * FlashFilter: `suppress` ignores them; `merge` folds those that follow a cut too closely into their last,
 * once that is far enough from their first.
 */
export type FlashFilterMode = 'merge' | 'suppress';

interface Candidate {
  readonly frame: number;
  readonly microseconds: number;
}

const MICROSECONDS = 1e6;

export class FlashFilter {
  private readonly mode: FlashFilterMode;
  private readonly leastSeconds: number;
  private lastAbove: Candidate | null = null;
  private mayMerge = false;
  private mergeStart: Candidate | null = null;

  constructor(mode: FlashFilterMode, leastFrames: number, fps: number) {
    this.mode = mode;
    this.leastSeconds = leastFrames / fps;
  }

  /** The frame of a cut that is now certain, or null. */
  next(now: Candidate, isAbove: boolean): number | null {
    if (this.leastSeconds <= 0) return isAbove ? now.frame : null;
    this.lastAbove ??= now;
    const isLong = this.reaches(this.lastAbove, now);
    if (this.mode === 'suppress') {
      if (!isAbove || !isLong) return null;
      this.lastAbove = now;
      return now.frame;
    }
    return this.merge(now, isAbove, isLong);
  }

  private merge(now: Candidate, isAbove: boolean, isLong: boolean): number | null {
    const last = isAbove ? now : (this.lastAbove ?? now);
    this.lastAbove = last;
    if (this.mergeStart) {
      if (!isLong || isAbove || !this.reaches(this.mergeStart, last)) return null;
      this.mergeStart = null;
      return last.frame;
    }
    if (!isAbove) return null;
    if (isLong) {
      this.mayMerge = true;
      return now.frame;
    }
    if (this.mayMerge) this.mergeStart = now;
    return null;
  }

  private reaches(from: Candidate, to: Candidate): boolean {
    return Math.max(0, to.microseconds - from.microseconds) / MICROSECONDS >= this.leastSeconds;
  }
}
