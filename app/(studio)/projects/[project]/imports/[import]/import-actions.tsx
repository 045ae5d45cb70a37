'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ClipboardList, RotateCw, Trash2, Upload } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button, LinkButton } from '#components/button.tsx';
import { Dialog, DialogActions } from '#components/dialog.tsx';
import { ErrorNotice, errorText } from '#components/notices.tsx';
import { useToast } from '#components/toast.tsx';
import { queries } from '#lib/client/queries.ts';
import type { ImportDetail, ImportState } from '#lib/generation/schema.ts';

/** What can be done with an import in its state. */
export function ImportActions({ project, detail }: { project: string; detail: ImportDetail }) {
  const [isDeleting, setIsDeleting] = useState(false);
  const { state, source, slug, name } = detail;
  const isMoving = state === 'waiting' || state === 'running';
  const base = `/projects/${project}`;
  return (
    <>
      <Button variant="quiet" icon={<Trash2 aria-hidden />} onClick={() => setIsDeleting(true)}>
        Delete
      </Button>
      {!isMoving && source.kind === 'upload' && (
        <LinkButton
          href={`${base}/imports/new?name=${encodeURIComponent(name)}`}
          icon={<Upload aria-hidden />}
        >
          Add files
        </LinkButton>
      )}
      {state !== 'running' && (source.kind !== 'upload' || state !== 'done') && (
        <StartButton project={project} detail={detail} />
      )}
      {state === 'done' && detail.accepted > 0 && (
        <LinkButton
          variant="primary"
          href={`${base}/studies/new?import=${slug}`}
          icon={<ClipboardList aria-hidden />}
        >
          Make a study
        </LinkButton>
      )}
      <DeleteDialog
        project={project}
        detail={detail}
        isOpen={isDeleting}
        onClose={() => setIsDeleting(false)}
      />
    </>
  );
}

const START_WORDS: Readonly<Record<ImportState, string>> = {
  receiving: 'Read the files',
  // For an import whose command was stopped; where a job waits already, a press changes nothing.
  waiting: 'Read now',
  running: 'Read again',
  done: 'Read again',
  failed: 'Read again',
};

function StartButton({ project, detail }: { project: string; detail: ImportDetail }) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const start = useMutation(
    queries.imports.start.mutationOptions({
      onSuccess: (started) =>
        queryClient.setQueryData(
          queries.imports.get.queryKey({ input: { project, import: detail.slug } }),
          started,
        ),
      onError: (error) => toast({ text: errorText(error), tone: 'bad' }),
    }),
  );
  return (
    <Button
      icon={<RotateCw aria-hidden />}
      isBusy={start.isPending}
      onClick={() => start.mutate({ project, import: detail.slug })}
    >
      {START_WORDS[detail.state]}
    </Button>
  );
}

function DeleteDialog(props: {
  project: string;
  detail: ImportDetail;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { project, detail, isOpen, onClose } = props;
  const router = useRouter();
  const queryClient = useQueryClient();
  const remove = useMutation(
    queries.imports.delete.mutationOptions({
      onSuccess: async () => {
        router.push(`/projects/${project}/imports`);
        await queryClient.invalidateQueries({ queryKey: queries.imports.list.key() });
      },
    }),
  );
  const isUsed = detail.usedBy.length > 0;
  return (
    <Dialog title={`Delete ${detail.name}?`} isOpen={isOpen} onClose={onClose}>
      <p className="text-sm text-ink-soft">
        {isUsed
          ? `Studies use it: ${detail.usedBy.join(', ')}. Delete them first.`
          : 'Its videos can then no longer be put into a study. The files where they came from stay.'}
      </p>
      <ErrorNotice error={remove.error} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="danger"
          disabled={isUsed}
          isBusy={remove.isPending || remove.isSuccess}
          onClick={() => remove.mutate({ project, import: detail.slug })}
        >
          Delete
        </Button>
      </DialogActions>
    </Dialog>
  );
}
