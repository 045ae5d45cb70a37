'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight, ClipboardList, Film } from 'lucide-react';
import type { ReactNode } from 'react';
import { LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import { RenameProject } from './rename-project.tsx';

export function ProjectOverview({ slug }: { slug: string }) {
  const project = useQuery(queries.projects.get.queryOptions({ input: { project: slug } }));
  if (project.isPending) return <LoadingOverview />;
  if (project.isError) {
    return <ErrorNotice error={project.error} onRetry={() => project.refetch()} />;
  }
  const { name, imports, studies, canManage } = project.data;
  const base = `/projects/${slug}`;
  return (
    <>
      <PageHeader
        title="Overview"
        description={
          studies === 0
            ? 'Two steps to the first votes: bring in videos, then open a study on them.'
            : 'What this project holds.'
        }
        actions={canManage && <RenameProject slug={slug} name={name} />}
      />
      <div className="grid gap-4 md:grid-cols-2">
        <Part
          icon={<Film />}
          title="Videos"
          number={imports}
          unit={imports === 1 ? 'import' : 'imports'}
          text="Videos and captions that were made elsewhere, checked one by one."
          href={`${base}/imports`}
          action={imports === 0 ? 'Bring in videos' : 'See the imports'}
          isNext={imports === 0}
        />
        <Part
          icon={<ClipboardList />}
          title="Studies"
          number={studies}
          unit={studies === 1 ? 'study' : 'studies'}
          text="Blind comparisons that people rate, with their votes, rankings and reports."
          href={`${base}/studies`}
          action={studies === 0 ? 'Set up a study' : 'See the studies'}
          isNext={imports > 0 && studies === 0}
        />
      </div>
    </>
  );
}

function Part(props: {
  icon: ReactNode;
  title: string;
  number: number;
  unit: string;
  text: string;
  href: string;
  action: string;
  isNext: boolean;
}) {
  return (
    <Card>
      <div className="flex items-center gap-2.5 text-sm font-medium text-ink-soft [&_svg]:size-4.5 [&_svg]:text-ink-faint">
        {props.icon}
        <h2>{props.title}</h2>
      </div>
      <p className="mt-3 text-3xl font-semibold tracking-tight tabular-nums">
        {props.number.toLocaleString('en')}
        <span className="ml-1.5 text-base font-normal tracking-normal text-ink-faint">
          {props.unit}
        </span>
      </p>
      <p className="mt-1 mb-5 text-sm text-ink-faint">{props.text}</p>
      <LinkButton
        href={props.href}
        variant={props.isNext ? 'primary' : 'secondary'}
        icon={<ArrowRight aria-hidden />}
      >
        {props.action}
      </LinkButton>
    </Card>
  );
}

function LoadingOverview() {
  return (
    <div role="status">
      <span className="sr-only">Loading the project</span>
      <Skeleton className="mb-2 h-8 w-40" />
      <Skeleton className="mb-6 h-5 w-72 max-w-full" />
      <div className="grid gap-4 md:grid-cols-2">
        <Skeleton className="h-52 rounded-xl" />
        <Skeleton className="h-52 rounded-xl" />
      </div>
    </div>
  );
}
