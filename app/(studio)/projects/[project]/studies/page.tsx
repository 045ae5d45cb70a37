import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { StudyList } from './study-list.tsx';

export const metadata: Metadata = { title: 'Studies' };

export default async function StudiesPage({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  await gatePage('/projects/[project]/studies', { project });
  return <StudyList project={project} />;
}
