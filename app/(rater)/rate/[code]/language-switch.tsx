'use client';

import { useTranslations } from 'next-intl';
import { useRaterLanguage } from '#app/(rater)/rater-language.tsx';
import { RatingButton } from './rating-button.tsx';

/** Offers the other language, in that language. */
export function LanguageSwitch() {
  const t = useTranslations('rate');
  const { locale, toggle } = useRaterLanguage();
  return (
    <RatingButton
      look="quiet"
      size="small"
      lang={locale === 'en' ? 'zh-CN' : 'en'}
      onClick={toggle}
    >
      {t('otherLanguage')}
    </RatingButton>
  );
}
