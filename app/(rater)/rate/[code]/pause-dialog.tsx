'use client';

import { useTranslations } from 'next-intl';
import { RatingButton } from './rating-button.tsx';
import { RatingDialog } from './rating-dialog.tsx';

export function PauseDialog({ onResume, onStop }: { onResume: () => void; onStop: () => void }) {
  const t = useTranslations('rate.pause');
  return (
    <RatingDialog title={t('title')} onClose={onResume}>
      <p>{t('text')}</p>
      <div className="flex flex-wrap gap-3">
        <RatingButton look="solid" onClick={onResume}>
          {t('continue')}
        </RatingButton>
        <RatingButton onClick={onStop}>{t('stop')}</RatingButton>
      </div>
    </RatingDialog>
  );
}
