'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { Button } from '#components/button.tsx';
import { Dialog, DialogActions } from '#components/dialog.tsx';
import { Field } from '#components/field.tsx';
import { Input } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { queries } from '#lib/client/queries.ts';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';
import type { StudyAddress } from '../study-address.ts';

interface Shape {
  address: StudyAddress;
  study: StudyDetail;
  isOpen: boolean;
  onClose: () => void;
}

/** Copies everything but the votes into a new draft. */
export function DuplicateDialog({ address, study, isOpen, onClose }: Shape) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const duplicate = useMutation(
    queries.studies.duplicate.mutationOptions({
      onSuccess: async (copy) => {
        onClose();
        await queryClient.invalidateQueries({ queryKey: queries.studies.list.key() });
        router.push(`/projects/${address.project}/studies/${copy.slug}`);
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    duplicate.mutate({
      project: address.project,
      study: address.study,
      revision: study.revision,
      slug: String(form.get('slug')),
      title: String(form.get('title')),
    });
  };
  return (
    <Dialog
      title="Duplicate this study"
      description="The copy is a draft with the same arms, prompts, questions and rules, and no votes."
      isOpen={isOpen}
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-5">
        <ErrorNotice error={formError(duplicate.error, ['title', 'slug'])} />
        <Field label="Title" error={fieldError(duplicate.error, 'title')}>
          <Input
            name="title"
            required
            maxLength={200}
            defaultValue={`${study.title.slice(0, 190)} (copy)`}
          />
        </Field>
        <Field
          label="Address"
          hint="Lower-case letters, digits and hyphens."
          error={fieldError(duplicate.error, 'slug')}
        >
          <Input
            name="slug"
            required
            maxLength={64}
            autoComplete="off"
            defaultValue={`${study.slug.slice(0, 58)}-copy`}
          />
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={duplicate.isPending}>
            Duplicate
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
