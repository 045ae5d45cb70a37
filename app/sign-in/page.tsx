import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { gatePage, isSignedIn } from '#lib/http/gate-page.ts';
import { EntryPage } from '../_parts/entry-page.tsx';
import { nextAddress } from './next-address.ts';
import { SignInForm } from './sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  await gatePage('/sign-in');
  const next = nextAddress((await searchParams).next);
  if (await isSignedIn()) redirect(next);
  return (
    <EntryPage title="Sign in" description="Raters need no account: open the link of your study.">
      <SignInForm next={next} />
    </EntryPage>
  );
}
