import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { AxisView } from './axis-view.tsx';

export const metadata: Metadata = { title: 'Axis' };

export default async function AxisPage({
  params,
}: {
  params: Promise<{ project: string; dataset: string; axis: string }>;
}) {
  const { project, dataset, axis } = await params;
  await gatePage('/projects/[project]/datasets/[dataset]/axes/[axis]', { project, dataset, axis });
  return <AxisView project={project} dataset={dataset} axis={axis} />;
}
