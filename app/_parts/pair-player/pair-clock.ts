/** A frame that came on screen: where in the clip (seconds) and when (milliseconds of the page). */
export interface ShownFrame {
  mediaSeconds: number;
  shownMs: number;
}

/** Below this share of a frame nothing is corrected: the screen's own refresh makes that much noise. */
const TOLERANCE_FRAMES = 0.4;
/** Correction ends once the two are this close. */
const CLOSE_FRAMES = 0.15;
/** The fastest correction of playback speed for each video: too little for an eye to see. */
const MAX_NUDGE = 0.04;
/** In what time a correction aims to be done. */
const CORRECT_WITHIN_SECONDS = 0.5;
const SAMPLES = 7;

/** How far `left` is ahead of `right`, in seconds of the clip, both running at real time. */
export function offsetSeconds(left: ShownFrame, right: ShownFrame): number {
  return left.mediaSeconds - right.mediaSeconds - (left.shownMs - right.shownMs) / 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export interface PairClock {
  /** Takes a presented frame of one side and says the playback rates to run at from now. */
  shown(side: 0 | 1, frame: ShownFrame): readonly [number, number];
  /** Forgets what was seen: the videos were started anew or sought. */
  reset(): void;
  /** Median of the recent offsets in seconds, left ahead positive; null before both were seen. */
  offset(): number | null;
}

/**
 * Keeps two clips within a frame of each other by small, opposite changes of playback speed.
 * Presentation times are rounded to the screen's refresh, so it acts on the median of several.
 *
 * @param fps frames a second of both clips
 */
export function pairClock(fps: number): PairClock {
  let seen: [ShownFrame | null, ShownFrame | null] = [null, null];
  let offsets: number[] = [];
  let isCorrecting = false;

  const rates = (): readonly [number, number] => {
    if (offsets.length < SAMPLES) return [1, 1];
    const offset = median(offsets);
    const frames = Math.abs(offset) * fps;
    isCorrecting = frames > (isCorrecting ? CLOSE_FRAMES : TOLERANCE_FRAMES);
    if (!isCorrecting) return [1, 1];
    const nudge = Math.min(MAX_NUDGE, Math.abs(offset) / CORRECT_WITHIN_SECONDS / 2);
    return offset > 0 ? [1 - nudge, 1 + nudge] : [1 + nudge, 1 - nudge];
  };

  return {
    shown(side, frame) {
      seen[side] = frame;
      const [left, right] = seen;
      if (left && right) {
        offsets.push(offsetSeconds(left, right));
        if (offsets.length > SAMPLES) offsets.shift();
      }
      return rates();
    },
    reset() {
      seen = [null, null];
      offsets = [];
      isCorrecting = false;
    },
    offset: () => (offsets.length === 0 ? null : median(offsets)),
  };
}
