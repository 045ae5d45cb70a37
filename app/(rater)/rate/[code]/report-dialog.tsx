'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { RatingButton } from './rating-button.tsx';
import { RatingDialog } from './rating-dialog.tsx';

const MAX_NOTE = 500;
type Side = 'left' | 'right' | 'both';

interface ReportDialogProps {
  /** A caption pair has one clip: there is no side to name. */
  hasSides: boolean;
  isStacked: boolean;
  onSend: (side: Side, note: string) => void;
  onClose: () => void;
}

export function ReportDialog({ hasSides, isStacked, onSend, onClose }: ReportDialogProps) {
  const t = useTranslations('rate');
  const [side, setSide] = useState<Side>(hasSides ? 'left' : 'both');
  const [note, setNote] = useState('');
  const sides: readonly [Side, string][] = [
    ['left', t(isStacked ? 'stage.top' : 'stage.left')],
    ['right', t(isStacked ? 'stage.bottom' : 'stage.right')],
    ['both', t('report.both')],
  ];
  return (
    <RatingDialog title={t('report.title')} onClose={onClose}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          onSend(side, note);
        }}
      >
        <p className="text-neutral-300">{t('report.text')}</p>
        {hasSides && (
          <fieldset>
            <legend className="font-medium">{t('report.which')}</legend>
            <div className="mt-1 flex flex-wrap gap-x-6">
              {sides.map(([value, label]) => (
                <label key={value} className="flex min-h-11 items-center gap-2">
                  <input
                    type="radio"
                    name="side"
                    className="size-5 accent-neutral-200"
                    checked={side === value}
                    onChange={() => setSide(value)}
                  />
                  {label}
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <label className="block">
          <span className="font-medium">{t('report.note')}</span>
          <textarea
            rows={2}
            maxLength={MAX_NOTE}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            className="mt-1 block w-full rounded-lg border border-neutral-500 bg-neutral-900 p-2 text-neutral-100"
          />
        </label>
        <div className="flex flex-wrap gap-3">
          <RatingButton look="solid" type="submit">
            {t('report.send')}
          </RatingButton>
          <RatingButton onClick={onClose}>{t('report.cancel')}</RatingButton>
        </div>
      </form>
    </RatingDialog>
  );
}
