'use client';

import { useEffect, useState } from 'react';
import { classNames } from '#components/class-names.ts';
import type { ReportPart } from './report-section.tsx';

/** Beside a long report on a wide screen: its parts, with the one in view marked. */
export function ReportContents({ parts }: { parts: readonly ReportPart[] }) {
  const current = useCurrentPart(parts);
  return (
    <nav aria-label="Contents of the report" className="sticky top-6 hidden self-start xl:block">
      <p className="mb-2 pl-3 text-xs font-medium text-ink-faint">On this page</p>
      <ul className="border-l border-line text-sm">
        {parts.map(({ id, label }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              aria-current={id === current ? 'location' : undefined}
              className={classNames(
                '-ml-px block rounded-r-sm border-l-2 py-1 pl-3',
                id === current
                  ? 'border-accent font-medium text-ink'
                  : 'border-transparent text-ink-faint hover:border-line-strong hover:text-ink',
              )}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The last part whose top has passed the upper third of the window. */
function useCurrentPart(parts: readonly ReportPart[]): string | undefined {
  const [current, setCurrent] = useState(parts[0]?.id);
  const key = parts.map(({ id }) => id).join(' ');
  useEffect(() => {
    const ids = key.split(' ');
    const look = () => {
      const passed = ids.filter((id) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top;
        return top !== undefined && top < window.innerHeight / 3;
      });
      setCurrent(passed.at(-1) ?? ids[0]);
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, [key]);
  return current;
}
