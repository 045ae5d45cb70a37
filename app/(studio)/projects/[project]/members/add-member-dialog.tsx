'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Button } from '#components/button.tsx';
import { Dialog, DialogActions } from '#components/dialog.tsx';
import { Field } from '#components/field.tsx';
import { Input, Select } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { useToast } from '#components/toast.tsx';
import { roleSchema } from '#lib/accounts/schema.ts';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { queries } from '#lib/client/queries.ts';

export function AddMemberDialog(props: { slug: string; isOpen: boolean; onClose: () => void }) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const add = useMutation(
    queries.projects.setMember.mutationOptions({
      onSuccess: async (member) => {
        await queryClient.invalidateQueries({ queryKey: queries.projects.key() });
        toast({ text: `${member.name} is a member now.` });
        props.onClose();
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    add.mutate({
      project: props.slug,
      email: String(form.get('email')),
      role: roleSchema.parse(form.get('role')),
    });
  };
  return (
    <Dialog
      title="Add a member"
      description="Somebody who has an account here."
      isOpen={props.isOpen}
      onClose={props.onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-5">
        <ErrorNotice error={formError(add.error, ['email'])} />
        <Field label="E-mail address" error={fieldError(add.error, 'email')}>
          <Input name="email" type="email" required autoComplete="off" />
        </Field>
        <Field label="Role" hint="A project admin also adds and removes members.">
          <Select name="role" defaultValue="researcher">
            <option value="researcher">Researcher</option>
            <option value="admin">Project admin</option>
          </Select>
        </Field>
        <DialogActions>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={add.isPending}>
            Add
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
