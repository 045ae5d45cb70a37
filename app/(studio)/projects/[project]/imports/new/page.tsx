import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { NewImport } from './new-import.tsx';

export const metadata: Metadata = { title: 'New import' };

export default async function NewImportPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<'name' | 'dataset' | 'version', string | string[] | undefined>>;
}) {
  const { project } = await params;
  await gatePage('/projects/[project]/imports/new', { project });
  const { name, dataset, version } = await searchParams;
  const number = Number(version);
  return (
    <NewImport
      project={project}
      initialName={typeof name === 'string' ? name : ''}
      initialDataset={
        typeof dataset === 'string'
          ? { dataset, version: Number.isInteger(number) && number > 0 ? number : undefined }
          : null
      }
    />
  );
}
