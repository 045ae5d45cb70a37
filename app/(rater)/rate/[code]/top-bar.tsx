'use client';

import { CircleHelp, Pause } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { LanguageSwitch } from './language-switch.tsx';
import { IconButton } from './rating-button.tsx';
import { TrialBanner } from './trial-banner.tsx';

interface TopBarProps {
  isTrial: boolean;
  label: string;
  /** Pairs done and wanted; null in training. */
  progress: { done: number; wanted: number } | null;
  onHelp: () => void;
  onPause: (() => void) | null;
}

export function TopBar({ isTrial, label, progress, onHelp, onPause }: TopBarProps) {
  const t = useTranslations('rate.screen');
  const share = progress ? Math.min(1, progress.done / Math.max(1, progress.wanted)) : 0;
  return (
    <header className="shrink-0">
      {isTrial && <TrialBanner />}
      <div className="flex h-11 items-center gap-2 px-3 sm:gap-4 sm:px-4">
        <p className="text-sm whitespace-nowrap text-neutral-200 tabular-nums">{label}</p>
        {progress && (
          <div
            role="progressbar"
            aria-label={t('progressLabel')}
            aria-valuenow={progress.done}
            aria-valuemin={0}
            aria-valuemax={progress.wanted}
            aria-valuetext={label}
            className="h-1.5 max-w-80 min-w-8 flex-1 overflow-hidden rounded-full bg-neutral-700"
          >
            <svg width="100%" height="100%" aria-hidden>
              <title>{label}</title>
              <rect width={`${share * 100}%`} height="100%" className="fill-neutral-200" />
            </svg>
          </div>
        )}
        <div className="ml-auto flex items-center">
          <LanguageSwitch />
          <IconButton label={t('help')} onClick={onHelp}>
            <CircleHelp aria-hidden className="size-5" />
          </IconButton>
          {onPause && (
            <IconButton label={t('pause')} onClick={onPause}>
              <Pause aria-hidden className="size-5" />
            </IconButton>
          )}
        </div>
      </div>
    </header>
  );
}
