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

export function NewProjectDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const create = useMutation(
    queries.projects.create.mutationOptions({
      onSuccess: async (project) => {
        await queryClient.invalidateQueries({ queryKey: queries.projects.key() });
        router.push(`/projects/${project.slug}`);
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate({ name: String(new FormData(event.currentTarget).get('name')) });
  };
  return (
    <Dialog title="New project" isOpen={isOpen} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-5">
        <ErrorNotice error={formError(create.error, ['name'])} />
        <Field
          label="Name"
          hint="Such as the model or the question. You can change it later."
          error={fieldError(create.error, 'name')}
        >
          <Input name="name" required maxLength={100} autoComplete="off" />
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={create.isPending || create.isSuccess}>
            Create
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
