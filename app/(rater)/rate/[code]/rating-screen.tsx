'use client';

import { Flag, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import type { DeckStatus } from '#app/_parts/pair-player/pair-deck.tsx';
import { useRaterLanguage } from '#app/(rater)/rater-language.tsx';
import type { RatingStudyView } from '#lib/studies/rating/schema.ts';
import { HelpDialog } from './help-dialog.tsx';
import { localized } from './localized.ts';
import { PairScreen } from './pair-screen.tsx';
import { PauseDialog } from './pause-dialog.tsx';
import { RatingButton } from './rating-button.tsx';
import { canUndo, questionInTurn } from './rating-machine.ts';
import { ReportDialog } from './report-dialog.tsx';
import type { RatingSession, SessionSnapshot } from './session-types.ts';
import { TopBar } from './top-bar.tsx';
import { useStacked } from './use-stacked.ts';
import { useVoteWords } from './vote-words.ts';
import { WaitingScreen } from './waiting-screen.tsx';

interface RatingScreenProps {
  session: RatingSession;
  snapshot: SessionSnapshot;
  study: RatingStudyView;
}

/** Pair after pair, until the server says that it is enough. */
export function RatingScreen({ session, snapshot, study }: RatingScreenProps) {
  const { rating, outbox, isStalled } = snapshot;
  const t = useTranslations('rate');
  const { locale } = useRaterLanguage();
  const [dialog, setDialog] = useState<'help' | 'report' | null>(null);
  const { isStacked, onLayout } = useStacked(study.kind);
  const words = useVoteWords(rating, isStacked);
  const onStatus = useCallback(
    (id: string, status: DeckStatus) => {
      if (status.state === 'failed' && status.isRefused) void session.clipsRefused(id);
    },
    [session],
  );

  const { donePairs, wantedPairs } = rating.session;
  const top = (
    <TopBar
      isTrial={study.trial}
      label={t('screen.progress', { done: donePairs, wanted: wantedPairs })}
      progress={{ done: donePairs, wanted: wantedPairs }}
      onHelp={() => setDialog('help')}
      onPause={() => session.pause()}
    />
  );
  const connection = outbox.isWaiting
    ? t('status.unsent', { count: outbox.unsent })
    : isStalled
      ? t('status.stalled')
      : null;
  const dialogs = (
    <>
      {rating.isPaused && (
        <PauseDialog onResume={() => session.resume()} onStop={() => void session.leave()} />
      )}
      {dialog === 'help' && <HelpDialog study={study} onClose={() => setDialog(null)} />}
    </>
  );

  const [current, ...others] = rating.queue;
  const position = questionInTurn(rating);
  const question = study.questions.find((each) => each.position === position);
  if (!current || !question)
    return (
      <>
        <WaitingScreen top={top} message={connection} />
        {dialogs}
      </>
    );
  const order = study.questions.indexOf(question);
  const isInTurns = study.questionMode === 'all' && study.questions.length > 1;

  return (
    <>
      <PairScreen
        study={study}
        pairs={[current, ...others.slice(0, 1)]}
        question={{
          wording: localized(question.wording, locale),
          note: isInTurns
            ? t('screen.questionOf', { index: order + 1, count: study.questions.length })
            : null,
        }}
        isStacked={isStacked}
        onLayout={onLayout}
        isRunning={!rating.isPaused && dialog === null}
        top={top}
        tools={
          <div className="flex">
            <RatingButton
              look="quiet"
              size="small"
              aria-label={t('screen.undoLong')}
              aria-keyshortcuts="u"
              disabled={!canUndo(rating)}
              onClick={() => void session.undo()}
            >
              <Undo2 aria-hidden className="size-5" />
              {t('screen.undo')}
            </RatingButton>
            <RatingButton
              look="quiet"
              size="small"
              aria-label={t('screen.reportLong')}
              onClick={() => setDialog('report')}
            >
              <Flag aria-hidden className="size-5" />
              <span className="hidden min-[360px]:inline">{t('screen.report')}</span>
            </RatingButton>
          </div>
        }
        answerPanel={null}
        message={connection ?? words.notice}
        announcement={connection ?? words.notice ?? words.lastVote}
        onVote={(outcome, measures) => session.vote(outcome, measures)}
        onAction={(action) => (action === 'undo' ? void session.undo() : session.pause())}
        onStatus={onStatus}
      />
      {dialogs}
      {dialog === 'report' && (
        <ReportDialog
          hasSides={current.pair.kind === 'video'}
          isStacked={isStacked}
          onClose={() => setDialog(null)}
          onSend={(side, note) => {
            setDialog(null);
            void session.reportBroken(side, note);
          }}
        />
      )}
    </>
  );
}
