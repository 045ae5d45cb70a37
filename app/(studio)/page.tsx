import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { StudioMain } from '../_parts/studio-shell.tsx';
import { ProjectList } from './project-list.tsx';

export const metadata: Metadata = { title: 'Projects' };

export default async function ProjectsPage() {
  await gatePage('/');
  return (
    <StudioMain>
      <ProjectList />
    </StudioMain>
  );
}
