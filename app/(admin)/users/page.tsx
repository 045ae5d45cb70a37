import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { StudioMain } from '../../_parts/studio-shell.tsx';
import { UserList } from './user-list.tsx';

export const metadata: Metadata = { title: 'Users' };

export default async function UsersPage() {
  await gatePage('/users');
  return (
    <StudioMain>
      <UserList />
    </StudioMain>
  );
}
