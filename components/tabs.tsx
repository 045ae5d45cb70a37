'use client';

import { useEffect, useRef } from 'react';
import { classNames } from './class-names.ts';
import { Link } from './link.tsx';

export interface Tab {
  href: string;
  label: string;
  isCurrent: boolean;
}

/** Links to the parts of one thing; on a narrow screen they scroll, with the current one in view. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const list = useRef<HTMLUListElement>(null);
  const current = tabs.find((tab) => tab.isCurrent)?.href;
  useEffect(() => {
    if (current === undefined) return;
    const link = list.current?.querySelector<HTMLElement>('[aria-current]');
    link?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <nav aria-label={label}>
      <ul ref={list} className="-mb-px flex gap-1 overflow-x-auto [scrollbar-width:none]">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={tab.isCurrent ? 'page' : undefined}
              className={classNames(
                'block border-b-2 px-3 py-2.5 text-sm font-medium whitespace-nowrap focus-visible:-outline-offset-2',
                tab.isCurrent
                  ? 'border-accent text-ink'
                  : 'border-transparent text-ink-faint hover:border-line-strong hover:text-ink',
              )}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
