'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { DeckControl, DeckStatus } from '#app/_parts/pair-player/pair-deck.tsx';
import { PairStage } from '#app/_parts/pair-player/pair-stage.tsx';
import type { AssignmentView, RatingStudyView, ShownPair } from '#lib/studies/rating/schema.ts';
import type { Outcome } from '#lib/studies/schema.ts';
import { CaptionPair } from './caption-pair.tsx';
import { useMediaQuery } from './media-query.ts';
import { PlaybackTools } from './playback-tools.tsx';
import { PromptPanel } from './prompt-panel.tsx';
import { QuestionLine } from './question-line.tsx';
import type { VoteMeasures } from './session-types.ts';
import { useRatingKeys } from './use-rating-keys.ts';
import { VoteBar } from './vote-bar.tsx';
import { voteGate } from './vote-gate.ts';

const FLASH_MS = 350;

export interface ScreenPair {
  id: string;
  prompt: AssignmentView['prompt'];
  pair: ShownPair;
}

interface PairScreenProps {
  study: RatingStudyView;
  /** The first is on screen, the others load behind it. */
  pairs: readonly [ScreenPair, ...ScreenPair[]];
  question: { wording: string; note: string | null };
  /** One side above the other. */
  isStacked: boolean;
  onLayout: (isPairStacked: boolean) => void;
  isRunning: boolean;
  top: ReactNode;
  /** Beside the playback tools. */
  tools: ReactNode;
  /** Instead of the vote buttons: what training says to an answer. */
  answerPanel: ReactNode;
  /** More urgent than the reason why the buttons wait. */
  message: string | null;
  /** Said to screen readers, and new each time it is to be said. */
  announcement: string;
  onVote: (outcome: Outcome, measures: VoteMeasures) => void;
  onAction: (action: 'undo' | 'pause') => void;
  onStatus: (id: string, status: DeckStatus) => void;
}

/** Question, prompt, the pair, the answers: all on one screen, for training and for rating. */
export function PairScreen(props: PairScreenProps) {
  const { study, pairs, isStacked, onVote, onStatus } = props;
  const t = useTranslations('rate');
  const control = useRef<DeckControl | null>(null);
  const reasonId = useId();
  const [shown, setShown] = useState<{ id: string; status: DeckStatus } | null>(null);
  const [isReading, setIsReading] = useState(false);
  const [flashed, setFlashed] = useState<Outcome | null>(null);
  const [refusal, setRefusal] = useState('');
  const wantsLessMotion = useMediaQuery('(prefers-reduced-motion: reduce)');
  const [current] = pairs;
  const status = shown?.id === current.id ? shown.status : null;
  const gate = voteGate(status, study.requireFullPlay);
  const isWaitingForPress =
    !gate.isOpen && gate.reason === 'waitPlaying' && wantsLessMotion && status?.state === 'ready';

  const reason = gate.isOpen
    ? ''
    : gate.reason === 'watch'
      ? t(study.kind === 'caption' ? 'gate.watchOne' : 'gate.watchBoth', {
          seconds: gate.seconds ?? 1,
        })
      : t(isWaitingForPress ? 'gate.pressPlay' : `gate.${gate.reason}`);

  const handleStatus = useCallback(
    (id: string, next: DeckStatus) => {
      setShown({ id, status: next });
      onStatus(id, next);
    },
    [onStatus],
  );

  useEffect(() => {
    if (flashed === null) return;
    const timer = setTimeout(() => setFlashed(null), FLASH_MS);
    return () => clearTimeout(timer);
  }, [flashed]);

  const vote = (outcome: Outcome) => {
    if (props.answerPanel) return;
    if (!gate.isOpen) return setRefusal(reason);
    const measures = control.current?.measures();
    if (!measures || (outcome === 'tie' && !study.allowTies)) return;
    const { plays, watched, sinceStartMs } = measures;
    setRefusal('');
    setFlashed(outcome);
    onVote(outcome, {
      decisionMs: Math.min(86_400_000, Math.max(0, Math.round(sinceStartMs))),
      playsLeft: Math.min(10_000, plays[0] ?? 0),
      playsRight: Math.min(10_000, plays[1] ?? plays[0] ?? 0),
      watchedLeft: watched[0] ?? 0,
      watchedRight: watched[1] ?? watched[0] ?? 0,
      // The page's own size: what the rater had to see the videos on.
      screenWidth: Math.max(1, window.innerWidth),
      screenHeight: Math.max(1, window.innerHeight),
    });
  };

  const nextImages = pairs[1]?.prompt.imageUrls;
  useEffect(() => {
    // The next pair's clips load in its deck; its start images have to be asked for.
    for (const url of nextImages ?? []) new Image().src = url;
  }, [nextImages]);

  useRatingKeys(isStacked, (action) => {
    if (action === 'replay') control.current?.replay();
    else if (action === 'step-back') control.current?.step(-1);
    else if (action === 'step-forward') control.current?.step(1);
    else if (action === 'undo' || action === 'pause') props.onAction(action);
    else vote(action);
  });

  const stagePairs = useMemo(
    () => pairs.map(({ id, pair }) => ({ id, clips: clipsOf(pair) })),
    [pairs],
  );
  const texts = {
    left: t('stage.left'),
    right: t('stage.right'),
    top: t('stage.top'),
    bottom: t('stage.bottom'),
    single: t('stage.single'),
    loading: t('stage.loading'),
    play: t('stage.play'),
    failed: t('stage.failed'),
    tryAgain: t('stage.tryAgain'),
  };

  return (
    <div className="relative flex h-dvh flex-col overflow-x-hidden overflow-y-auto bg-[#1c1c1c] text-neutral-100">
      {props.top}
      <main className="flex flex-1 flex-col">
        <QuestionLine wording={props.question.wording} note={props.question.note} />
        <PromptPanel key={current.id} prompt={current.prompt} onOpenChange={setIsReading} />
        <div className="flex min-h-24 flex-1 px-2 py-1 sm:px-4">
          <PairStage
            pairs={stagePairs}
            video={study.video}
            isRunning={props.isRunning && !isReading}
            startsByItself={!wantsLessMotion}
            texts={texts}
            onStatus={handleStatus}
            onLayout={props.onLayout}
            control={control}
          />
        </div>
        {current.pair.kind === 'caption' && (
          <CaptionPair
            left={current.pair.left.text}
            right={current.pair.right.text}
            isStacked={isStacked}
          />
        )}
        <div className="mx-auto w-full max-w-4xl shrink-0 px-2 pb-2 sm:px-4 sm:pb-3">
          <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-2">
            <PlaybackTools
              onReplay={() => control.current?.replay()}
              onStep={(frames) => control.current?.step(frames)}
            />
            <p className="order-last min-h-5 basis-full text-center text-sm text-neutral-300 sm:order-none sm:flex-1 sm:basis-0">
              {props.message ?? (props.answerPanel ? '' : reason)}
            </p>
            {props.tools}
          </div>
          {props.answerPanel ?? (
            <VoteBar
              hasTies={study.allowTies}
              isStacked={isStacked}
              isOpen={gate.isOpen}
              waitHint={
                !gate.isOpen && gate.seconds !== null
                  ? t('gate.seconds', { seconds: gate.seconds })
                  : null
              }
              reasonId={reasonId}
              flashed={flashed}
              onVote={vote}
            />
          )}
          <p id={reasonId} className="sr-only">
            {gate.isOpen ? t('gate.ready') : reason}
          </p>
          <p role="status" className="sr-only">
            {refusal || props.announcement}
          </p>
        </div>
      </main>
    </div>
  );
}

function clipsOf(pair: ShownPair): { url: string }[] {
  return pair.kind === 'caption'
    ? [{ url: pair.clip.videoUrl }]
    : [{ url: pair.left.videoUrl }, { url: pair.right.videoUrl }];
}
