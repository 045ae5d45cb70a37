'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { Button } from '#components/button.tsx';
import { Field } from '#components/field.tsx';
import { Input } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { signInWithPassword } from '../_parts/sign-in.ts';

export function SignInForm({ next }: { next: string }) {
  const router = useRouter();
  const signIn = useMutation({
    mutationFn: async ({ email, password }: { email: string; password: string }) => {
      if (!(await signInWithPassword(email, password))) {
        throw new Error('E-mail address and password do not belong together.');
      }
    },
    onSuccess: () => {
      router.replace(next);
      router.refresh();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ email: String(form.get('email')), password: String(form.get('password')) });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <ErrorNotice error={signIn.error} />
      <Field label="E-mail address">
        <Input name="email" type="email" autoComplete="username" required autoFocus />
      </Field>
      <Field label="Password">
        <Input name="password" type="password" autoComplete="current-password" required />
      </Field>
      <Button
        type="submit"
        variant="primary"
        isBusy={signIn.isPending || signIn.isSuccess}
        className="mt-1 w-full"
      >
        Sign in
      </Button>
    </form>
  );
}
