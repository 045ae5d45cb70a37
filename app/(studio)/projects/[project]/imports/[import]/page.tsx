import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { ImportView } from './import-view.tsx';

export const metadata: Metadata = { title: 'Import' };

export default async function ImportPage({
  params,
}: {
  params: Promise<{ project: string; import: string }>;
}) {
  const { project, import: slug } = await params;
  await gatePage('/projects/[project]/imports/[import]', { project, import: slug });
  return <ImportView project={project} slug={slug} />;
}
