'use client';

import './globals.css';
import ErrorPage from './error.tsx';

/** Stands in for the whole document when its frame itself broke. */
export default function GlobalError(props: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <html lang="en">
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
