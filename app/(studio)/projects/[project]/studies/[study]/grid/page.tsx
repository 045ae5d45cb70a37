import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { readRevision } from '../../study-address.ts';
import { StudyGrid } from './study-grid.tsx';

export const metadata: Metadata = { title: 'Grid' };

interface Props {
  params: Promise<{ project: string; study: string }>;
  searchParams: Promise<{ revision?: string }>;
}

export default async function GridPage({ params, searchParams }: Props) {
  const { project, study } = await params;
  await gatePage('/projects/[project]/studies/[study]/grid', { project, study });
  const revision = readRevision((await searchParams).revision);
  return <StudyGrid address={{ project, study, revision }} />;
}
