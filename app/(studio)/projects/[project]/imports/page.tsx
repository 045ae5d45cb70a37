import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { ImportList } from './import-list.tsx';

export const metadata: Metadata = { title: 'Imports' };

export default async function ImportsPage({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  await gatePage('/projects/[project]/imports', { project });
  return <ImportList project={project} />;
}
