'use client';

import { useQuery } from '@tanstack/react-query';
import { FolderOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/button.tsx';
import { Link } from '#components/link.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import type { ProjectView } from '#lib/accounts/schema.ts';
import { queries } from '#lib/client/queries.ts';
import { NewProjectDialog } from './new-project-dialog.tsx';

export function ProjectList() {
  const [isCreating, setIsCreating] = useState(false);
  const me = useQuery(queries.account.me.queryOptions());
  const projects = useQuery(queries.projects.list.queryOptions());
  const mayCreate = me.data !== undefined && me.data.role !== 'rater';
  const createButton = mayCreate && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setIsCreating(true)}>
      New project
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Projects"
        description="A project holds the videos, studies and reports of one question, and the people who may see them."
        actions={projects.data?.length ? createButton : null}
      />
      <ErrorNotice error={projects.error} onRetry={() => projects.refetch()} />
      {projects.isPending && <LoadingCards />}
      {projects.data?.length === 0 && (
        <EmptyState icon={<FolderOpen />} title="No project yet" action={createButton}>
          {mayCreate
            ? 'Create one, bring in videos that your models made, and open a study on them.'
            : 'Nobody has added you to a project. To rate videos, open the link of a study.'}
        </EmptyState>
      )}
      {projects.data && projects.data.length > 0 && (
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {projects.data.map((project) => (
            <li key={project.slug}>
              <ProjectCard project={project} />
            </li>
          ))}
        </ul>
      )}
      <NewProjectDialog isOpen={isCreating} onClose={() => setIsCreating(false)} />
    </>
  );
}

function ProjectCard({ project }: { project: ProjectView }) {
  return (
    <Link
      href={`/projects/${project.slug}`}
      className="group flex h-full flex-col justify-between gap-8 rounded-xl border border-line bg-surface p-5 shadow-card transition-shadow hover:border-line-strong hover:shadow-float"
    >
      <div className="min-w-0">
        <h2 className="font-semibold break-words group-hover:text-accent">{project.name}</h2>
        <p className="mt-0.5 truncate font-mono text-xs text-ink-faint">{project.slug}</p>
      </div>
      <p className="text-sm text-ink-faint">
        {count(project.studies, 'study', 'studies')} · {count(project.imports, 'import', 'imports')}
      </p>
    </Link>
  );
}

function LoadingCards() {
  return (
    <div role="status" className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <span className="sr-only">Loading the projects</span>
      <Skeleton className="h-36 rounded-xl" />
      <Skeleton className="h-36 rounded-xl" />
      <Skeleton className="h-36 rounded-xl" />
    </div>
  );
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
