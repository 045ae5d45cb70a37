import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { NewStudy } from './new-study.tsx';

export const metadata: Metadata = { title: 'New study' };

interface Props {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ import?: string; from?: string }>;
}

export default async function NewStudyPage({ params, searchParams }: Props) {
  const { project } = await params;
  await gatePage('/projects/[project]/studies/new', { project });
  const { import: source, from } = await searchParams;
  return (
    <NewStudy
      project={project}
      source={typeof source === 'string' ? source : null}
      isText={from === 'yaml'}
    />
  );
}
