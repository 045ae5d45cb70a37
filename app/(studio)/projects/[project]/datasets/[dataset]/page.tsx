import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { DatasetView } from './dataset-view.tsx';

export const metadata: Metadata = { title: 'Dataset' };

export default async function DatasetPage({
  params,
}: {
  params: Promise<{ project: string; dataset: string }>;
}) {
  const { project, dataset } = await params;
  await gatePage('/projects/[project]/datasets/[dataset]', { project, dataset });
  return <DatasetView project={project} dataset={dataset} />;
}
