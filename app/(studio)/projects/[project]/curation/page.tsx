import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { RunList } from './run-list.tsx';

export const metadata: Metadata = { title: 'Curation' };

export default async function CurationPage({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  await gatePage('/projects/[project]/curation', { project });
  return <RunList project={project} />;
}
