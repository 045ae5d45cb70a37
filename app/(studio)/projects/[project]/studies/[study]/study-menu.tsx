'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore, Copy, Ellipsis, Gauge, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Menu, menuItemLook } from '#components/menu.tsx';
import { errorText } from '#components/notices.tsx';
import { useToast } from '#components/toast.tsx';
import { queries } from '#lib/client/queries.ts';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';
import type { StudyAddress } from '../study-address.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { DuplicateDialog } from './duplicate-dialog.tsx';
import { ScoresDialog } from './scores-dialog.tsx';

interface Shape {
  address: StudyAddress;
  study: StudyDetail;
}

/** What is done with a study now and then: copy it, put it away, delete it. */
export function StudyMenu({ address, study }: Shape) {
  const [open, setOpen] = useState<'duplicate' | 'delete' | 'scores' | null>(null);
  const router = useRouter();
  const toast = useToast();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: queries.studies.key() });
  const archive = useMutation(
    queries.studies.archive.mutationOptions({
      onSuccess: async ({ archived }) => {
        await refresh();
        toast({ text: archived ? 'Archived. Its votes stay.' : 'Back among the studies.' });
      },
      onError: (error) => toast({ text: errorText(error), tone: 'bad' }),
    }),
  );
  const remove = useMutation(
    queries.studies.delete.mutationOptions({
      onSuccess: () => {
        router.push(`/projects/${address.project}/studies`);
        return queryClient.invalidateQueries({ queryKey: queries.studies.list.key() });
      },
    }),
  );
  const { project, study: slug } = address;
  return (
    <>
      <Menu
        label="More for this study"
        button={
          <span className="grid size-10 place-items-center rounded-lg border border-line-strong bg-surface shadow-card hover:bg-sunken">
            <Ellipsis aria-hidden className="size-4" />
          </span>
        }
      >
        <button type="button" className={menuItemLook} onClick={() => setOpen('duplicate')}>
          <Copy aria-hidden />
          Duplicate
        </button>
        <button
          type="button"
          className={menuItemLook}
          onClick={() => archive.mutate({ project, study: slug, archived: !study.isArchived })}
        >
          {study.isArchived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
          {study.isArchived ? 'Bring back from the archive' : 'Archive'}
        </button>
        {study.state !== 'draft' && (
          <button type="button" className={menuItemLook} onClick={() => setOpen('scores')}>
            <Gauge aria-hidden />
            Add scores of the videos
          </button>
        )}
        {study.state === 'draft' && (
          <button type="button" className={menuItemLook} onClick={() => setOpen('delete')}>
            <Trash2 aria-hidden />
            Delete this draft
          </button>
        )}
      </Menu>
      <DuplicateDialog
        address={address}
        study={study}
        isOpen={open === 'duplicate'}
        onClose={() => setOpen(null)}
      />
      <ScoresDialog
        address={address}
        study={study}
        isOpen={open === 'scores'}
        onClose={() => setOpen(null)}
      />
      <ConfirmDialog
        title="Delete this draft?"
        text="The draft and its trial votes are gone for good. The videos of its import stay."
        action="Delete"
        isDanger
        isOpen={open === 'delete'}
        onClose={() => setOpen(null)}
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ project, study: slug, revision: study.revision })}
      />
    </>
  );
}
