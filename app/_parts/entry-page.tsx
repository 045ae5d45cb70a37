import type { ReactNode } from 'react';
import { Logo } from './logo.tsx';

/** The frame of the pages that stand before the studio: sign in, set up, nothing here. */
export function EntryPage({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-12">
      <div className="w-full max-w-sm">
        <div className="mb-8 flex justify-center">
          <Logo />
        </div>
        <div className="rounded-2xl border border-line bg-surface p-6 shadow-card sm:p-8">
          <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
          {description && <p className="mt-1.5 text-sm text-ink-faint">{description}</p>}
          {children && <div className="mt-6">{children}</div>}
        </div>
      </div>
    </main>
  );
}
