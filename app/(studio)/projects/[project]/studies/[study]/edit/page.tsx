import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { readRevision } from '../../study-address.ts';
import { EditStudy } from './edit-study.tsx';

export const metadata: Metadata = { title: 'Edit the study' };

interface Props {
  params: Promise<{ project: string; study: string }>;
  searchParams: Promise<{ revision?: string }>;
}

export default async function EditPage({ params, searchParams }: Props) {
  const { project, study } = await params;
  await gatePage('/projects/[project]/studies/[study]/edit', { project, study });
  const revision = readRevision((await searchParams).revision);
  return <EditStudy address={{ project, study, revision }} />;
}
