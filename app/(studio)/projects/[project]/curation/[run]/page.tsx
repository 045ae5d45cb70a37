import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { RunView } from './run-view.tsx';

export const metadata: Metadata = { title: 'Curation run' };

export default async function RunPage({
  params,
}: {
  params: Promise<{ project: string; run: string }>;
}) {
  const { project, run } = await params;
  await gatePage('/projects/[project]/curation/[run]', { project, run });
  return <RunView project={project} slug={run} />;
}
