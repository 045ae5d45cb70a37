'use client';

import { useTranslations } from 'next-intl';
import { Fragment } from 'react';

const KEYS = [
  ['left', '←', '1'],
  ['right', '→', '2'],
  ['tie', '↓', '0'],
  ['replay', 'space'],
  ['step', ',', '.'],
  ['undo', 'U'],
  ['pause', 'P'],
] as const;

/** What each key does; without the tie's where there are no ties. */
export function KeyList({ hasTies }: { hasTies: boolean }) {
  const t = useTranslations('rate.keys');
  return (
    <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1.5 text-sm">
      {KEYS.filter(([action]) => hasTies || action !== 'tie').map(([action, ...keys]) => (
        <Fragment key={action}>
          <dt className="whitespace-nowrap">
            {keys.map((key, position) => (
              <Fragment key={key}>
                {position > 0 && <span className="text-neutral-400"> {t('or')} </span>}
                <kbd className="inline-block min-w-7 rounded border border-neutral-500 px-1.5 text-center font-mono">
                  {key === 'space' ? t('space') : key}
                </kbd>
              </Fragment>
            ))}
          </dt>
          <dd className="text-neutral-300">{t(action)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
