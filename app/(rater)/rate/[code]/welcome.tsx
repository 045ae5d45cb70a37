'use client';

import { useTranslations } from 'next-intl';
import { useRaterLanguage } from '#app/(rater)/rater-language.tsx';
import type { RatingStudyView } from '#lib/studies/rating/schema.ts';
import { KeyList } from './key-list.tsx';
import { localized } from './localized.ts';
import { MessagePage } from './message-page.tsx';
import { RatingButton } from './rating-button.tsx';
import { TrialBanner } from './trial-banner.tsx';

/** What to do, how much and how: before the first pair. */
export function Welcome({ study, onStart }: { study: RatingStudyView; onStart: () => void }) {
  const t = useTranslations('rate.welcome');
  const { locale } = useRaterLanguage();
  const examples = study.trained ? 0 : study.training.length;
  const pairs = study.session.wantedPairs - study.session.donePairs;
  const hasMany = study.questions.length > 1;
  return (
    <>
      {study.trial && <TrialBanner />}
      <MessagePage title={study.title}>
        <p>{t(study.kind === 'caption' ? 'introCaption' : 'intro')}</p>
        <p className="font-medium text-neutral-100">
          {t('amount', { pairs, minutes: Math.max(1, Math.round(study.minutes)) })}
        </p>
        <section>
          <h2 className="text-lg font-semibold text-neutral-100">
            {t('questions', { count: study.questions.length })}
          </h2>
          <ul className="mt-2 space-y-3">
            {study.questions.map((question) => (
              <li key={question.position} className="border-l-2 border-neutral-500 pl-3">
                <p className="font-medium text-neutral-100">
                  {localized(question.wording, locale)}
                </p>
                {question.instructions && (
                  <p className="text-neutral-300">{localized(question.instructions, locale)}</p>
                )}
              </li>
            ))}
          </ul>
          {hasMany && (
            <p className="mt-3 text-neutral-300">
              {t(study.questionMode === 'one' ? 'questionMayChange' : 'questionsInTurn')}
            </p>
          )}
        </section>
        {examples > 0 && <p>{t('trainingCount', { count: examples })}</p>}
        <RatingButton look="solid" size="large" className="w-full sm:w-auto" onClick={onStart}>
          {t(examples > 0 ? 'startTraining' : 'start')}
        </RatingButton>
        <section className="hidden pt-2 [@media(hover:hover)]:block">
          <h2 className="mb-2 text-sm font-semibold text-neutral-300">{t('keysTitle')}</h2>
          <KeyList hasTies={study.allowTies} />
        </section>
      </MessagePage>
    </>
  );
}
