'use client';

import { ORPCError } from '@orpc/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

const RETRIES = 2;
const FRESH_MS = 5_000;

/** Gives the pages below it one cache of queries. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: FRESH_MS,
            // What the server refused stays refused; a lost connection or a restart may heal.
            retry: (failures, error) => failures < RETRIES && !isRefusal(error),
          },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function isRefusal(error: unknown): boolean {
  return error instanceof ORPCError && error.status < 500;
}
