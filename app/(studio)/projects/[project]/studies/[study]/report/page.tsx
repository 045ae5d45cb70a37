import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { readRevision } from '../../study-address.ts';
import { ReportView } from './report-view.tsx';

export const metadata: Metadata = { title: 'Report' };

interface Props {
  params: Promise<{ project: string; study: string }>;
  searchParams: Promise<{ revision?: string | string[] }>;
}

export default async function Page({ params, searchParams }: Props) {
  const { project, study } = await params;
  await gatePage('/projects/[project]/studies/[study]/report', { project, study });
  const revision = readRevision((await searchParams).revision);
  return <ReportView address={{ project, study, revision }} />;
}
