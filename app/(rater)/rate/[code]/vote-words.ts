'use client';

import { useTranslations } from 'next-intl';
import type { Notice, RatingState } from './rating-machine.ts';

const NOTICES = {
  'vote-refused': 'voteRefused',
  'undo-failed': 'undoFailed',
  'report-failed': 'reportFailed',
  reported: 'reported',
  undone: 'undone',
} as const satisfies Record<Notice, string>;

/** What has just happened, in words: shown, and read out. */
export function useVoteWords(rating: RatingState): { notice: string | null; lastVote: string } {
  const t = useTranslations('rate');
  const answer =
    rating.last === null
      ? null
      : rating.last.outcome === 'tie'
        ? t('screen.tie')
        : t(`stage.${rating.last.outcome}`);
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
