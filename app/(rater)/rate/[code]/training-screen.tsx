'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRaterLanguage } from '#app/(rater)/rater-language.tsx';
import type { RatingStudyView, TrainingView } from '#lib/studies/rating/schema.ts';
import type { Outcome } from '#lib/studies/schema.ts';
import { HelpDialog } from './help-dialog.tsx';
import { localized } from './localized.ts';
import { PairScreen, type ScreenPair } from './pair-screen.tsx';
import { RatingButton } from './rating-button.tsx';
import type { RatingSession } from './session-types.ts';
import { TopBar } from './top-bar.tsx';
import { useStacked } from './use-stacked.ts';
import { outcomeKey } from './vote-words.ts';

interface TrainingScreenProps {
  session: RatingSession;
  study: RatingStudyView;
  index: number;
  answer: Outcome | null;
}

const ignore = () => undefined;

/** The examples before the first vote: the same screen, and what the researchers would say. */
export function TrainingScreen({ session, study, index, answer }: TrainingScreenProps) {
  const t = useTranslations('rate');
  const { locale } = useRaterLanguage();
  const { isStacked, onLayout } = useStacked(study.kind);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const example = study.training[index];
  const question = study.questions.find((each) => each.position === example?.question);
  if (!example || !question) return null;
  const next = study.training[index + 1];
  const word = (outcome: Outcome) => t(outcomeKey(outcome, isStacked));
  const verdict =
    answer === null
      ? ''
      : answer === example.expected
        ? t('training.agree')
        : t('training.disagree', { expected: word(example.expected) });
  return (
    <>
      <PairScreen
        study={study}
        pairs={[asPair(example, index), ...(next ? [asPair(next, index + 1)] : [])]}
        question={{ wording: localized(question.wording, locale), note: t('training.practice') }}
        isStacked={isStacked}
        onLayout={onLayout}
        isRunning={!isHelpOpen}
        top={
          <TopBar
            isTrial={study.trial}
            label={t('training.step', { index: index + 1, count: study.training.length })}
            progress={null}
            onHelp={() => setIsHelpOpen(true)}
            onPause={null}
          />
        }
        tools={null}
        answerPanel={
          answer === null ? null : (
            <div className="flex flex-wrap items-center justify-between gap-3 rounded-xl bg-neutral-800 p-3">
              <p className="min-w-0 flex-1 basis-60">
                <strong>{verdict}</strong> {localized(example.explanation, locale)}
              </p>
              <RatingButton look="solid" autoFocus onClick={() => session.nextTraining()}>
                {t(next ? 'training.next' : 'training.begin')}
              </RatingButton>
            </div>
          )
        }
        message={answer === null ? null : t('training.yourAnswer', { answer: word(answer) })}
        announcement={verdict}
        onVote={(outcome) => session.answerTraining(outcome)}
        onAction={ignore}
        onStatus={ignore}
      />
      {isHelpOpen && <HelpDialog study={study} onClose={() => setIsHelpOpen(false)} />}
    </>
  );
}

function asPair(example: TrainingView, index: number): ScreenPair {
  return { id: `example-${index}`, prompt: example.prompt, pair: example.pair };
}
