'use client';

import { useTranslations } from 'next-intl';
import { useRaterLanguage } from '#app/(rater)/rater-language.tsx';
import type { RatingStudyView } from '#lib/studies/rating/schema.ts';
import { KeyList } from './key-list.tsx';
import { localized } from './localized.ts';
import { RatingButton } from './rating-button.tsx';
import { RatingDialog } from './rating-dialog.tsx';

/** The instructions again, and the keys. */
export function HelpDialog({ study, onClose }: { study: RatingStudyView; onClose: () => void }) {
  const t = useTranslations('rate');
  const { locale } = useRaterLanguage();
  return (
    <RatingDialog title={t('help.title')} onClose={onClose}>
      {study.questions.map((question) => (
        <div key={question.position}>
          <h3 className="font-medium">{localized(question.wording, locale)}</h3>
          {question.instructions && (
            <p className="text-neutral-300">{localized(question.instructions, locale)}</p>
          )}
        </div>
      ))}
      <div>
        <h3 className="mb-2 font-medium">{t('welcome.keysTitle')}</h3>
        <KeyList hasTies={study.allowTies} />
      </div>
      <RatingButton look="solid" onClick={onClose}>
        {t('screen.close')}
      </RatingButton>
    </RatingDialog>
  );
}
