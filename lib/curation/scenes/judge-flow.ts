import type { DropReason } from './plan-clips.ts';
import type { FlowRule } from './settings.ts';

/**
 * The final look at a finished clip by its optical flow: `still` when hardly anything moves, `jumps` when
 * one pair of frames moves far out of line with the rest, as at a cut that was missed or in a broken file.
 *
 * @param pairs mean flow of each pair of compared frames, in pixels; an empty list is no ground to drop
 */
export function judgeFlow(
  pairs: readonly number[],
  { stillBelow, jumpRatio, jumpPixels }: FlowRule,
): Extract<DropReason, 'still' | 'jumps'> | null {
  if (pairs.length === 0) return null;
  const mean = pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length;
  if (mean < stillBelow) return 'still';
  if (pairs.length < 3) return null;
  const sorted = [...pairs].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  const most = sorted.at(-1) ?? 0;
  return most > jumpPixels && most > jumpRatio * median ? 'jumps' : null;
}
