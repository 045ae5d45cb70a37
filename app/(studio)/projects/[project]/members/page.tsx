import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { MemberList } from './member-list.tsx';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  await gatePage('/projects/[project]/members', { project });
  return <MemberList slug={project} />;
}
