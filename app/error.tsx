'use client';

import { Button } from '#components/button.tsx';
import { EntryPage } from './_parts/entry-page.tsx';

/** What broke while a page was made; Next logs it under the digest. */
export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <EntryPage
      title="This page failed"
      description={
        error.digest
          ? `The server's log has the details under ${error.digest}.`
          : 'Try again; if it stays, reload the page.'
      }
    >
      <Button variant="primary" className="w-full" onClick={() => retry()}>
        Try again
      </Button>
    </EntryPage>
  );
}
