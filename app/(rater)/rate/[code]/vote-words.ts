'use client';

import { useTranslations } from 'next-intl';
import type { Outcome } from '#lib/studies/schema.ts';
import type { Notice, RatingState } from './rating-machine.ts';

const NOTICES = {
  'vote-refused': 'voteRefused',
  'undo-failed': 'undoFailed',
  'report-failed': 'reportFailed',
  reported: 'reported',
  undone: 'undone',
} as const satisfies Record<Notice, string>;

/** The name of a side as the rater sees it now. */
export function outcomeKey(outcome: Outcome, isStacked: boolean) {
  if (outcome === 'tie') return 'screen.tie';
  if (outcome === 'left') return isStacked ? 'stage.top' : 'stage.left';
  return isStacked ? 'stage.bottom' : 'stage.right';
}

/** What has just happened, in words: shown, and read out. */
export function useVoteWords(
  rating: RatingState,
  isStacked: boolean,
): { notice: string | null; lastVote: string } {
  const t = useTranslations('rate');
  const answer = rating.last && t(outcomeKey(rating.last.outcome, isStacked));
  return {
    notice: rating.isUndoing
      ? t('status.undoing')
      : rating.notice
        ? t(`status.${NOTICES[rating.notice]}`)
        : null,
    lastVote:
      answer === null
        ? ''
        : `${t('status.saved', { answer })} ${t('screen.progress', { done: rating.session.donePairs, wanted: rating.session.wantedPairs })}`,
  };
}
