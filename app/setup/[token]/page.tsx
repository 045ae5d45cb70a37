import type { Metadata } from 'next';
import { LinkButton } from '#components/button.tsx';
import { gatePage } from '#lib/http/gate-page.ts';
import { isSetupOpen } from '#lib/http/load-setup.ts';
import { EntryPage } from '../../_parts/entry-page.tsx';
import { FirstAdminForm } from './first-admin-form.tsx';

export const metadata: Metadata = { title: 'Set up' };

export default async function SetupPage({ params }: { params: Promise<{ token: string }> }) {
  await gatePage('/setup/[token]');
  const { token } = await params;
  if (!(await isSetupOpen(token))) {
    return (
      <EntryPage
        title="This link has been used"
        description="It makes the first admin once, and expires after a week. If nobody has used it, start Winnow again: it prints a new one."
      >
        <LinkButton href="/sign-in" className="w-full">
          Sign in
        </LinkButton>
      </EntryPage>
    );
  }
  return (
    <EntryPage
      title="Welcome to Winnow"
      description="Make the first account. It is the admin's: you can add other people afterwards."
    >
      <FirstAdminForm token={token} />
    </EntryPage>
  );
}
