'use client';

import { useTranslations } from 'next-intl';

export function TrialBanner() {
  const t = useTranslations('rate');
  return (
    <p
      role="note"
      className="shrink-0 bg-neutral-100 px-3 py-0.5 text-center text-sm font-semibold text-neutral-900"
    >
      {t('trial')}
    </p>
  );
}
