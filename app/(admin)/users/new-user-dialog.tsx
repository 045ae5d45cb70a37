'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Button } from '#components/button.tsx';
import { Dialog, DialogActions } from '#components/dialog.tsx';
import { Field } from '#components/field.tsx';
import { Input } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { useToast } from '#components/toast.tsx';
import { roleSchema } from '#lib/accounts/schema.ts';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { queries } from '#lib/client/queries.ts';
import { RoleField } from './role-field.tsx';

export function NewUserDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const create = useMutation(
    queries.users.create.mutationOptions({
      onSuccess: async (user) => {
        await queryClient.invalidateQueries({ queryKey: queries.users.key() });
        toast({ text: `${user.name} can sign in now.` });
        onClose();
      },
    }),
  );
  const error = isOpen ? create.error : null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name));
    create.mutate({
      name: text('name'),
      email: text('email'),
      password: text('password'),
      role: roleSchema.parse(form.get('role')),
    });
  };
  return (
    <Dialog title="New user" isOpen={isOpen} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-5">
        <ErrorNotice error={formError(error, ['name', 'email', 'password'])} />
        <Field label="Name" error={fieldError(error, 'name')}>
          <Input name="name" required maxLength={100} autoComplete="off" />
        </Field>
        <Field label="E-mail address" error={fieldError(error, 'email')}>
          <Input name="email" type="email" required autoComplete="off" />
        </Field>
        <RoleField initialRole="researcher" />
        <Field
          label="First password"
          hint="At least 10 characters. Tell it to the person, who can change it."
          error={fieldError(error, 'password')}
        >
          <Input name="password" required minLength={10} maxLength={200} autoComplete="off" />
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={create.isPending}>
            Create
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
