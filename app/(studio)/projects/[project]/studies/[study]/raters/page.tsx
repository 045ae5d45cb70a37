import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { readRevision } from '../../study-address.ts';
import { RatersView } from './raters-view.tsx';

export const metadata: Metadata = { title: 'Raters' };

interface Props {
  params: Promise<{ project: string; study: string }>;
  searchParams: Promise<{ revision?: string | string[] }>;
}

export default async function Page({ params, searchParams }: Props) {
  const { project, study } = await params;
  await gatePage('/projects/[project]/studies/[study]/raters', { project, study });
  const revision = readRevision((await searchParams).revision);
  return <RatersView address={{ project, study, revision }} />;
}
