import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { NewDataset } from './new-dataset.tsx';

export const metadata: Metadata = { title: 'New dataset' };

export default async function NewDatasetPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ dataset?: string | string[] }>;
}) {
  const { project } = await params;
  await gatePage('/projects/[project]/datasets/new', { project });
  const { dataset } = await searchParams;
  return (
    <NewDataset project={project} dataset={typeof dataset === 'string' ? dataset : undefined} />
  );
}
