'use client';

import { ChevronLeft, ChevronRight, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from './rating-button.tsx';

export function PlaybackTools({
  onReplay,
  onStep,
}: {
  onReplay: () => void;
  onStep: (frames: number) => void;
}) {
  const t = useTranslations('rate.screen');
  return (
    <div role="toolbar" aria-label={t('tools')} className="flex">
      <IconButton label={t('stepBack')} onClick={() => onStep(-1)}>
        <ChevronLeft aria-hidden />
      </IconButton>
      <IconButton label={t('replay')} onClick={onReplay}>
        <RotateCcw aria-hidden className="size-5" />
      </IconButton>
      <IconButton label={t('stepForward')} onClick={() => onStep(1)}>
        <ChevronRight aria-hidden />
      </IconButton>
    </div>
  );
}
