import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { readRevision } from '../study-address.ts';
import { StudyOverview } from './study-overview.tsx';

export const metadata: Metadata = { title: 'Study' };

interface Props {
  params: Promise<{ project: string; study: string }>;
  searchParams: Promise<{ revision?: string }>;
}

export default async function StudyPage({ params, searchParams }: Props) {
  const { project, study } = await params;
  await gatePage('/projects/[project]/studies/[study]', { project, study });
  const revision = readRevision((await searchParams).revision);
  return <StudyOverview address={{ project, study, revision }} />;
}
