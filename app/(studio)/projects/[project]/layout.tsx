import type { ReactNode } from 'react';
import { StudioMain } from '../../../_parts/studio-shell.tsx';
import { ProjectTabs } from './project-tabs.tsx';

/** The project's name and its parts. Both come from the API, which checks the right to it. */
export default function ProjectLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <ProjectTabs />
      <StudioMain>{children}</StudioMain>
    </>
  );
}
