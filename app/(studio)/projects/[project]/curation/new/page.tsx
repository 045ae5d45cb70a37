import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { NewRun } from './new-run.tsx';

export const metadata: Metadata = { title: 'New curation run' };

export default async function NewRunPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ dataset?: string | string[] }>;
}) {
  const { project } = await params;
  await gatePage('/projects/[project]/curation/new', { project });
  const { dataset } = await searchParams;
  return <NewRun project={project} initialDataset={typeof dataset === 'string' ? dataset : null} />;
}
