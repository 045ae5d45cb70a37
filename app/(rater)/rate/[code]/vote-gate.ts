import type { DeckStatus } from '#app/_parts/pair-player/pair-deck.tsx';

export type VoteGate =
  | { isOpen: true }
  | {
      isOpen: false;
      reason: 'failed' | 'pressPlay' | 'waitPlaying' | 'watch';
      /** Until it opens by itself, if known. */
      seconds: number | null;
    };

/**
 * May the pair on screen be voted on?
 *
 * @param status of its clips; null before the player told
 * @param requireFullPlay the study wants every clip shown whole once
 */
export function voteGate(status: DeckStatus | null, requireFullPlay: boolean): VoteGate {
  if (status?.state === 'failed') return { isOpen: false, reason: 'failed', seconds: null };
  if (!status?.hasStarted) {
    const needsPress = status?.state === 'blocked';
    return { isOpen: false, reason: needsPress ? 'pressPlay' : 'waitPlaying', seconds: null };
  }
  if (!requireFullPlay || status.isSeen) return { isOpen: true };
  return { isOpen: false, reason: 'watch', seconds: Math.max(1, status.secondsToSeen) };
}
