import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { ReportsView } from './reports-view.tsx';

export const metadata: Metadata = { title: 'Reports' };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  await gatePage('/projects/[project]/reports', { project });
  return <ReportsView project={project} />;
}
