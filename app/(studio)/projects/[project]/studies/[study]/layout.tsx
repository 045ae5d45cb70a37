import { type ReactNode, Suspense } from 'react';
import { StudyFrame } from './study-frame.tsx';

/** The study's name, state and parts. All comes from the API, which checks the right to it. */
export default async function StudyLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ project: string; study: string }>;
}) {
  const { project, study } = await params;
  return (
    <Suspense>
      <StudyFrame project={project} study={study}>
        {children}
      </StudyFrame>
    </Suspense>
  );
}
