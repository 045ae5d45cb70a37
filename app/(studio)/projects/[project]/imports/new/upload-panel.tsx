'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { Progress } from '#components/progress.tsx';
import { queries } from '#lib/client/queries.ts';
import { bytesText, countOf, durationText } from '../import-words.ts';
import type { UploadProgress } from './upload.ts';
import type { StartedUpload } from './use-start-upload.ts';

/** The upload while it runs; when everything has arrived, the import is read and shown. */
export function UploadPanel({ project, started }: { project: string; started: StartedUpload }) {
  const { upload, slug } = started;
  const router = useRouter();
  const progress = useSyncExternalStore(upload.subscribe, upload.progress, upload.progress);
  const sending = useMutation({ mutationFn: () => upload.run() });
  const again = useMutation({ mutationFn: () => upload.retry() });
  const begin = useMutation(
    queries.imports.start.mutationOptions({
      onSuccess: () => router.push(`/projects/${project}/imports/${slug}`),
    }),
  );
  const wasBegun = useRef(false);
  const run = sending.mutate;
  useEffect(() => {
    if (wasBegun.current) return;
    wasBegun.current = true;
    run();
  }, [run]);

  const isComplete = progress.phase === 'ended' && progress.failed.length === 0;
  const start = begin.mutate;
  useEffect(() => {
    if (isComplete) start({ project, import: slug });
  }, [isComplete, start, project, slug]);

  const isSending = progress.phase === 'checking' || progress.phase === 'sending';
  useWarningBeforeLeaving(isSending && !sending.isError);

  return (
    <div className="flex flex-col gap-6">
      <Card
        title={titleOf(progress, begin.isPending || begin.isSuccess)}
        description="Keep this page open. A file that has arrived is not sent again: after a break, choose the same folder under the same name."
        actions={
          isSending && (
            <Button size="sm" onClick={() => upload.stop()}>
              Stop
            </Button>
          )
        }
      >
        <div className="flex flex-col gap-4">
          <Progress
            label={`${progress.arrived.toLocaleString('en')} of ${countOf(progress.files, 'file')}`}
            value={progress.sentBytes}
            max={progress.bytes}
          />
          <p className="text-sm text-ink-faint tabular-nums">{speedText(progress)}</p>
          <ul aria-label="Files on their way" className="min-h-16 text-sm text-ink-soft">
            {progress.sending.map((path) => (
              <li key={path} className="truncate">
                {path}
              </li>
            ))}
          </ul>
        </div>
      </Card>
      <ErrorNotice error={sending.error ?? begin.error} onRetry={() => sending.mutate()} />
      {progress.failed.length > 0 && (
        <Card
          title={`${countOf(progress.failed.length, 'file')} did not arrive`}
          isFlush
          actions={
            progress.phase === 'ended' && (
              <>
                <Button size="sm" onClick={() => begin.mutate({ project, import: slug })}>
                  Go on without them
                </Button>
                <Button size="sm" variant="primary" onClick={() => again.mutate()}>
                  Send them again
                </Button>
              </>
            )
          }
        >
          <ul className="divide-y divide-line border-t border-line text-sm">
            {progress.failed.map(({ path, reason }) => (
              <li key={path} className="px-5 py-3">
                <p className="font-medium [overflow-wrap:anywhere]">{path}</p>
                <p className="text-ink-faint">{reason}</p>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

function titleOf({ phase, failed }: UploadProgress, isBeginning: boolean): string {
  if (isBeginning) return 'Everything has arrived';
  switch (phase) {
    case 'checking':
      return 'Looking what is already there';
    case 'sending':
      return 'Uploading';
    case 'stopped':
      return 'Stopped';
    case 'ended':
      return failed.length > 0 ? 'Some files are missing' : 'Everything has arrived';
  }
}

function speedText(progress: UploadProgress): string {
  const { sentBytes, bytes, bytesPerSecond, secondsLeft, alreadyThere } = progress;
  const parts = [`${bytesText(sentBytes)} of ${bytesText(bytes)}`];
  if (progress.phase === 'sending' && bytesPerSecond > 0) {
    parts.push(`${bytesText(bytesPerSecond)}/s`);
    if (secondsLeft !== null) parts.push(`${durationText(secondsLeft)} left`);
  }
  if (alreadyThere > 0) parts.push(`${countOf(alreadyThere, 'file')} already there`);
  return parts.join(' · ');
}

function useWarningBeforeLeaving(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isNeeded]);
}
