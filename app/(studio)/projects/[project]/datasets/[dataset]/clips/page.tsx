import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { ClipBrowser } from './clip-browser.tsx';

export const metadata: Metadata = { title: 'Clips' };

export default async function ClipsPage({
  params,
}: {
  params: Promise<{ project: string; dataset: string }>;
}) {
  const { project, dataset } = await params;
  await gatePage('/projects/[project]/datasets/[dataset]/clips', { project, dataset });
  return <ClipBrowser project={project} dataset={dataset} />;
}
