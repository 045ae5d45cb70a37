import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { StudioMain } from '../../_parts/studio-shell.tsx';
import { PasswordForm } from './password-form.tsx';

export const metadata: Metadata = { title: 'Change password' };

export default async function AccountPage() {
  await gatePage('/account');
  return (
    <StudioMain>
      <PasswordForm />
    </StudioMain>
  );
}
