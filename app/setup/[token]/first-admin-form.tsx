'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { Button } from '#components/button.tsx';
import { Field } from '#components/field.tsx';
import { Input } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import type { FirstAdmin } from '#lib/accounts/schema.ts';
import { api } from '#lib/client/api.ts';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { signInWithPassword } from '../../_parts/sign-in.ts';

export function FirstAdminForm({ token }: { token: string }) {
  const router = useRouter();
  const create = useMutation({
    mutationFn: async (admin: FirstAdmin) => {
      await api.account.createFirstAdmin({ token, ...admin });
      return signInWithPassword(admin.email, admin.password);
    },
    onSuccess: (isSignedIn) => {
      router.replace(isSignedIn ? '/' : '/sign-in');
      router.refresh();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name));
    create.mutate({ name: text('name'), email: text('email'), password: text('password') });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <ErrorNotice error={formError(create.error, ['name', 'email', 'password'])} />
      <Field label="Your name" error={fieldError(create.error, 'name')}>
        <Input name="name" autoComplete="name" required autoFocus maxLength={100} />
      </Field>
      <Field label="E-mail address" error={fieldError(create.error, 'email')}>
        <Input name="email" type="email" autoComplete="username" required />
      </Field>
      <Field
        label="Password"
        hint="At least 10 characters."
        error={fieldError(create.error, 'password')}
      >
        <Input
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={200}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        isBusy={create.isPending || create.isSuccess}
        className="mt-1 w-full"
      >
        Create the account
      </Button>
    </form>
  );
}
