/** The share of a clip's frames that one play has to show; a few dropped frames are no skipping. */
const WHOLE_PLAY_SHARE = 0.95;
/** A longer hole between two presented frames is a jump, whoever made it. Seconds of media. */
const LONGEST_GAP_SECONDS = 0.5;
/** Media may run this much faster than the wall clock and still count as watched. */
const FASTEST_RATE = 1.5;

/** Counts what of one clip was really on screen. Seeking and fast-forward are not watching. */
export interface WatchCoverage {
  /** A frame was presented: its media time in seconds, the wall clock in milliseconds. */
  frame(mediaSeconds: number, nowMs: number): void;
  /** Playback goes on from here; what lies between here and the last frame was not shown. */
  cut(mediaSeconds: number, nowMs: number): void;
  /** The clip came to its end by playing. */
  ended(nowMs: number): void;
  /** Plays that showed the whole clip. */
  plays(): number;
  /** Share of the clip shown at least once, 0 to 1. */
  watched(): number;
  /** Seconds of the clip still to be shown before the play under way counts. */
  missingSeconds(): number;
}

/**
 * @param durationSeconds of the clip
 * @param fps frames a second of the clip
 */
export function watchCoverage(durationSeconds: number, fps: number): WatchCoverage {
  const frames = Math.max(1, Math.round(durationSeconds * fps));
  const needed = Math.min(frames, Math.max(1, Math.min(frames - 1, frames * WHOLE_PLAY_SHARE)));
  const ever = new Set<number>();
  let thisPlay = new Set<number>();
  let plays = 0;
  let last: { index: number; nowMs: number } | null = null;

  const indexOf = (seconds: number) => Math.min(frames - 1, Math.max(0, Math.round(seconds * fps)));
  const mark = (index: number) => {
    ever.add(index);
    thisPlay.add(index);
  };
  const reach = (index: number, nowMs: number) => {
    if (last && index > last.index) {
      const mediaSeconds = (index - last.index) / fps;
      const wallSeconds = (nowMs - last.nowMs) / 1000;
      // Two frames of slack: presentation times are rounded to the screen's refresh.
      const isPlayed =
        mediaSeconds <= Math.max(LONGEST_GAP_SECONDS, 1.5 / fps) &&
        mediaSeconds <= wallSeconds * FASTEST_RATE + 2 / fps;
      if (isPlayed) for (let i = last.index + 1; i < index; i++) mark(i);
      // Too far ahead of the clock: not even this frame was there long enough to be seen.
      if (isPlayed || mediaSeconds > LONGEST_GAP_SECONDS) mark(index);
    } else mark(index);
    last = { index, nowMs };
  };

  return {
    frame: (mediaSeconds, nowMs) => reach(indexOf(mediaSeconds), nowMs),
    cut(mediaSeconds, nowMs) {
      last = { index: indexOf(mediaSeconds), nowMs };
    },
    ended(nowMs) {
      if (last) reach(frames - 1, nowMs);
      last = null;
      if (thisPlay.size < needed) return;
      plays += 1;
      thisPlay = new Set();
    },
    plays: () => plays,
    watched: () => ever.size / frames,
    missingSeconds: () => Math.max(0, frames - thisPlay.size) / fps,
  };
}
