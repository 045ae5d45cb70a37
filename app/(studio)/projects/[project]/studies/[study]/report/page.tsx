import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { readRevision, readSnapshot } from '../../study-address.ts';
import { ReportView } from './report-view.tsx';

export const metadata: Metadata = { title: 'Report' };

interface Props {
  params: Promise<{ project: string; study: string }>;
  searchParams: Promise<{ revision?: string | string[]; snapshot?: string | string[] }>;
}

export default async function Page({ params, searchParams }: Props) {
  const { project, study } = await params;
  await gatePage('/projects/[project]/studies/[study]/report', { project, study });
  const query = await searchParams;
  const address = { project, study, revision: readRevision(query.revision) };
  return <ReportView address={address} snapshot={readSnapshot(query.snapshot)} />;
}
