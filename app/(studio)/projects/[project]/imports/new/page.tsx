import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { NewImport } from './new-import.tsx';

export const metadata: Metadata = { title: 'New import' };

export default async function NewImportPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ name?: string | string[] }>;
}) {
  const { project } = await params;
  await gatePage('/projects/[project]/imports/new', { project });
  const { name } = await searchParams;
  return <NewImport project={project} initialName={typeof name === 'string' ? name : ''} />;
}
