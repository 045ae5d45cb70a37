import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { DatasetList } from './dataset-list.tsx';

export const metadata: Metadata = { title: 'Datasets' };

export default async function DatasetsPage({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  await gatePage('/projects/[project]/datasets', { project });
  return <DatasetList project={project} />;
}
