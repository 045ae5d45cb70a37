'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { DialogActions } from '#components/dialog.tsx';
import { Field } from '#components/field.tsx';
import { Input } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { useToast } from '#components/toast.tsx';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { queries } from '#lib/client/queries.ts';

export function PasswordForm() {
  const form = useRef<HTMLFormElement>(null);
  const toast = useToast();
  const change = useMutation(
    queries.account.changePassword.mutationOptions({
      onSuccess: () => {
        form.current?.reset();
        toast({ text: 'Your password was changed.' });
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    change.mutate({ current: String(data.get('current')), next: String(data.get('next')) });
  };
  return (
    <div className="mx-auto max-w-md">
      <PageHeader
        title="Change password"
        description="You stay signed in here and are signed out everywhere else."
      />
      <Card>
        <form ref={form} onSubmit={submit} className="flex flex-col gap-5 py-1">
          <ErrorNotice error={formError(change.error, ['current', 'next'])} />
          <Field label="Current password" error={fieldError(change.error, 'current')}>
            <Input name="current" type="password" autoComplete="current-password" required />
          </Field>
          <Field
            label="New password"
            hint="At least 10 characters."
            error={fieldError(change.error, 'next')}
          >
            <Input
              name="next"
              type="password"
              autoComplete="new-password"
              required
              minLength={10}
              maxLength={200}
            />
          </Field>
          <DialogActions>
            <Button type="submit" variant="primary" isBusy={change.isPending}>
              Change password
            </Button>
          </DialogActions>
        </form>
      </Card>
    </div>
  );
}
