import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { NewAxis } from './new-axis.tsx';

export const metadata: Metadata = { title: 'New axis' };

export default async function NewAxisPage({
  params,
}: {
  params: Promise<{ project: string; dataset: string }>;
}) {
  const { project, dataset } = await params;
  await gatePage('/projects/[project]/datasets/[dataset]/axes/new', { project, dataset });
  return <NewAxis project={project} dataset={dataset} />;
}
