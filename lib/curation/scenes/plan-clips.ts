import type { FrameRange } from './scene-list.ts';

/** Why a scene becomes no clip, or a clip is not kept. */
export type DropReason = 'too-short' | 'no-keyframe' | 'still' | 'jumps' | 'broken';

/** How one scene becomes a clip. */
export interface ClipPlan extends FrameRange {
  /** `copy` keeps the coded pictures as they are, `encode` codes them anew. */
  readonly how: 'copy' | 'encode';
  readonly dropped: DropReason | null;
}

/**
 * Snaps scenes to keyframes. A copied clip can only begin with a keyframe: it begins at the scene's first
 * one, never before the cut, and what lies between is lost. See `cutSettings.reencode` for when a scene is
 * coded anew instead.
 *
 * @param keyframes in order
 * @param minFrames scenes, and clips after snapping, with fewer are dropped
 */
export function planClips(
  scenes: readonly FrameRange[],
  keyframes: readonly number[],
  { minFrames, reencode }: { minFrames: number; reencode: 'never' | 'where-needed' | 'exact' },
): ClipPlan[] {
  return scenes.map(({ start, end }) => {
    const whole = { start, end, how: 'encode' as const, dropped: null };
    if (end - start < minFrames) return { ...whole, how: 'copy', dropped: 'too-short' };
    const key = keyframes[lowerBound(keyframes, start)] ?? Number.POSITIVE_INFINITY;
    if (key === start) return { ...whole, how: 'copy' };
    if (reencode === 'exact') return whole;
    const left = Math.max(0, end - key);
    if (left >= Math.max(1, minFrames)) return { start: key, end, how: 'copy', dropped: null };
    if (reencode === 'where-needed') return whole;
    return { ...whole, how: 'copy', dropped: left > 0 ? 'too-short' : 'no-keyframe' };
  });
}

/** Index of the first element that is not smaller. */
function lowerBound(sorted: readonly number[], value: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 0) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
