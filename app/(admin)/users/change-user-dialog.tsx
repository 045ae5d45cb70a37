'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Button } from '#components/button.tsx';
import { Dialog, DialogActions } from '#components/dialog.tsx';
import { Field } from '#components/field.tsx';
import { Checkbox, Input } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { useToast } from '#components/toast.tsx';
import { roleSchema, type UserView } from '#lib/accounts/schema.ts';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { queries } from '#lib/client/queries.ts';
import { RoleField } from './role-field.tsx';

/** Changes one user; closed while there is none. */
export function ChangeUserDialog(props: { user: UserView | null; onClose: () => void }) {
  return (
    <Dialog
      title={props.user ? props.user.name : 'User'}
      description={props.user?.email}
      isOpen={props.user !== null}
      onClose={props.onClose}
    >
      {props.user && <ChangeUserForm user={props.user} onDone={props.onClose} />}
    </Dialog>
  );
}

function ChangeUserForm({ user, onDone }: { user: UserView; onDone: () => void }) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const change = useMutation(
    queries.users.change.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: queries.users.key() });
        toast({ text: 'Saved.' });
        onDone();
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get('password'));
    change.mutate({
      userId: user.id,
      name: String(form.get('name')),
      role: roleSchema.parse(form.get('role')),
      isDisabled: form.has('isDisabled'),
      ...(password === '' ? {} : { password }),
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <ErrorNotice error={formError(change.error, ['name', 'password'])} />
      <Field label="Name" error={fieldError(change.error, 'name')}>
        <Input name="name" defaultValue={user.name} required maxLength={100} autoComplete="off" />
      </Field>
      <RoleField initialRole={user.role} />
      <Field
        label="New password"
        isOptional
        hint="Ends every session of this person."
        error={fieldError(change.error, 'password')}
      >
        <Input name="password" minLength={10} maxLength={200} autoComplete="off" />
      </Field>
      <Checkbox
        name="isDisabled"
        defaultChecked={user.isDisabled}
        label="Disabled"
        hint="The person is signed out at once and can't sign in. What they made stays."
      />
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" isBusy={change.isPending}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}
