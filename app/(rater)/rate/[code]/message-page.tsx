import type { ReactNode } from 'react';
import { LanguageSwitch } from './language-switch.tsx';

/** A page of words alone: welcome, ends, problems. */
export function MessagePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col bg-[#1c1c1c] text-neutral-100">
      <header className="flex justify-end px-2 py-1">
        <LanguageSwitch />
      </header>
      <main className="mx-auto w-full max-w-xl flex-1 px-5 pt-2 pb-10 sm:pt-8">
        <h1 className="text-2xl font-semibold text-balance">{title}</h1>
        <div className="mt-4 space-y-5 text-base leading-relaxed text-neutral-200">{children}</div>
      </main>
    </div>
  );
}
