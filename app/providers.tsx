'use client';

import NextLink from 'next/link';
import type { ReactNode } from 'react';
import { LinkProvider } from '#components/link.tsx';
import { ToastProvider } from '#components/toast.tsx';
import { ApiProvider } from '#lib/client/provider.tsx';

/** What every page's browser part stands on. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <LinkProvider value={NextLink}>
      <ApiProvider>
        <ToastProvider>{children}</ToastProvider>
      </ApiProvider>
    </LinkProvider>
  );
}
