import type { ReactNode } from 'react';
import { Link } from '#components/link.tsx';
import { Logo } from './logo.tsx';
import { MainNav } from './main-nav.tsx';
import { UserMenu } from './user-menu.tsx';

/** The frame of everything that researchers and admins see. Holds no data of its own. */
export function StudioShell({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-50 rounded-lg bg-surface px-4 py-2 font-medium shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex h-14 max-w-7xl items-center gap-3 px-4 sm:gap-6 sm:px-6">
          <Link href="/" aria-label="Winnow, start page" className="rounded-lg">
            <Logo />
          </Link>
          <MainNav />
          <UserMenu />
        </div>
      </header>
      {children}
    </div>
  );
}

/** The content of a page inside the shell. */
export function StudioMain({ children }: { children: ReactNode }) {
  return (
    <main id="main" className="mx-auto w-full max-w-7xl flex-1 px-4 py-8 sm:px-6">
      {children}
    </main>
  );
}
