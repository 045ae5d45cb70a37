'use client';

import { signIn } from 'next-auth/react';

/** Signs this browser in; false when e-mail address and password don't belong together. */
export async function signInWithPassword(email: string, password: string): Promise<boolean> {
  const answer = await signIn('credentials', { email, password, redirect: false });
  if (answer?.ok) return true;
  if (answer?.status === 401) return false;
  throw new Error("Signing in failed on the server's side. Try again.");
}
