'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FastForward, Pause, Play, RotateCw, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Dialog, DialogActions } from '#components/dialog.tsx';
import { ErrorNotice, errorText } from '#components/notices.tsx';
import { useToast } from '#components/toast.tsx';
import { api } from '#lib/client/api.ts';
import { queries } from '#lib/client/queries.ts';
import type { RunDetail } from '#lib/curation/schema.ts';
import { isMoving } from '../run-words.ts';

type Action = 'pause' | 'resume' | 'cancel' | 'retry' | 'finish';

/** What can be done with a run in its state. */
export function RunActions({ project, run }: { project: string; run: RunDetail }) {
  const [isCancelling, setIsCancelling] = useState(false);
  const toast = useToast();
  const queryClient = useQueryClient();
  const address = { project, run: run.slug };
  const change = useMutation({
    mutationFn: (action: Action) => api.curation[action](address),
    onSuccess: (changed) => {
      queryClient.setQueryData(queries.curation.get.queryKey({ input: address }), changed);
      setIsCancelling(false);
    },
    onError: (error, action) => {
      if (action !== 'cancel') toast({ text: errorText(error), tone: 'bad' });
    },
  });
  const button = (action: Action, label: string, icon: ReactNode) => (
    <Button
      icon={icon}
      isBusy={change.isPending && change.variables === action}
      disabled={change.isPending}
      onClick={() => change.mutate(action)}
    >
      {label}
    </Button>
  );
  const { state } = run;
  const hasEnded = state === 'done' || state === 'cancelled';
  const canBeLeftOut = run.stages.some(
    ({ state: at, kind, unitsFailed }) =>
      at === 'failed' && unitsFailed > 0 && (kind === 'cut' || kind === 'take' || kind === 'score'),
  );
  return (
    <>
      {!hasEnded && (
        <Button variant="quiet" icon={<X aria-hidden />} onClick={() => setIsCancelling(true)}>
          Cancel the run
        </Button>
      )}
      {isMoving(state) && button('pause', 'Pause', <Pause aria-hidden />)}
      {state === 'paused' && button('resume', 'Go on', <Play aria-hidden />)}
      {canBeLeftOut && button('finish', 'Go on without', <FastForward aria-hidden />)}
      {state === 'failed' && button('retry', 'Try again', <RotateCw aria-hidden />)}
      <Dialog
        title={`Cancel ${run.name}?`}
        isOpen={isCancelling}
        onClose={() => setIsCancelling(false)}
      >
        <p className="text-sm text-ink-soft">
          No dataset will be made of what it has found so far, and it can not go on later. To stop
          it for a while, pause it.
        </p>
        <ErrorNotice error={change.variables === 'cancel' ? change.error : null} />
        <DialogActions>
          <Button onClick={() => setIsCancelling(false)}>Keep it</Button>
          <Button
            variant="danger"
            isBusy={change.isPending && change.variables === 'cancel'}
            onClick={() => change.mutate('cancel')}
          >
            Cancel the run
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
