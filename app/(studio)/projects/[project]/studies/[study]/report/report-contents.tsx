'use client';

import { useEffect, useState } from 'react';
import { classNames } from '#components/class-names.ts';
import type { ReportPart } from './report-section.tsx';

/** Beside a long report on a wide screen: the parts that it has, with the one in view marked. */
export function ReportContents({ parts }: { parts: readonly ReportPart[] }) {
  const { shown, current } = useShownParts(parts);
  return (
    <nav aria-label="Contents of the report" className="sticky top-6 hidden self-start xl:block">
      <p className="mb-2 pl-3 text-xs font-medium text-ink-faint">On this page</p>
      <ul className="border-l border-line text-sm">
        {parts
          .filter(({ id }) => shown.includes(id))
          .map(({ id, label }) => (
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

/**
 * Which parts are on the page, for they come and go with their data; and the last one of them whose top
 * has passed the upper third of the window.
 */
function useShownParts(parts: readonly ReportPart[]): { shown: string[]; current?: string } {
  const [state, setState] = useState<{ shown: string[]; current?: string }>({ shown: [] });
  const key = parts.map(({ id }) => id).join(' ');
  useEffect(() => {
    const look = () => {
      const found = key.split(' ').flatMap((id) => {
        const box = document.getElementById(id)?.getBoundingClientRect();
        return box && box.height > 0 ? [{ id, top: box.top }] : [];
      });
      const passed = found.filter(({ top }) => top < window.innerHeight / 3);
      const current = (passed.at(-1) ?? found[0])?.id;
      const shown = found.map(({ id }) => id);
      setState((before) =>
        before.current === current && before.shown.join(' ') === shown.join(' ')
          ? before
          : { shown, ...(current !== undefined && { current }) },
      );
    };
    look();
    const main = document.getElementById('main');
    const observer = new ResizeObserver(look);
    if (main) observer.observe(main);
    window.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', look);
    };
  }, [key]);
  return state;
}
