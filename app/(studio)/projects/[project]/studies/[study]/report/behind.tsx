import type { ReactNode } from 'react';

/** The numbers behind a figure, for those who can't see it and those who copy them. */
export function Behind({ children }: { children: ReactNode }) {
  return (
    <details className="mt-4 text-sm">
      <summary className="w-fit rounded-sm text-ink-soft hover:text-ink">Show as a table</summary>
      <div className="-mx-5 mt-3">{children}</div>
    </details>
  );
}
