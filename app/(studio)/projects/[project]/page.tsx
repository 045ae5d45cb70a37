import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { ProjectOverview } from './project-overview.tsx';

export const metadata: Metadata = { title: 'Project' };

export default async function ProjectPage({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  await gatePage('/projects/[project]', { project });
  return <ProjectOverview slug={project} />;
}
