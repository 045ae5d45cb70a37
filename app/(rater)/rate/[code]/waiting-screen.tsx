'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/** Between two pairs, when the next one is not there yet. */
export function WaitingScreen({ top, message }: { top: ReactNode; message: string | null }) {
  const t = useTranslations('rate.screen');
  return (
    <div className="flex h-dvh flex-col bg-[#1c1c1c] text-neutral-100">
      {top}
      <main className="flex flex-1 items-center justify-center p-6 text-center">
        <p role="status">{message ?? t('nextComing')}</p>
      </main>
    </div>
  );
}
