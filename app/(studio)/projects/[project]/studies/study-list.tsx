'use client';

import { useQuery } from '@tanstack/react-query';
import { ClipboardList, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button, LinkButton } from '#components/button.tsx';
import { Link } from '#components/link.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Progress } from '#components/progress.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import type { StudySummary } from '#lib/studies/overview/schema.ts';
import { count, day } from './counts.ts';
import { StateBadge } from './state-badge.tsx';

const LIVE_MS = 10_000;

export function StudyList({ project }: { project: string }) {
  const [archived, setArchived] = useState(false);
  const studies = useQuery(
    queries.studies.list.queryOptions({
      input: { project, archived },
      refetchInterval: ({ state: { data } }) =>
        data?.studies.some((study) => study.state === 'running') ? LIVE_MS : false,
    }),
  );
  const base = `/projects/${project}/studies`;
  const create = (
    <LinkButton href={`${base}/new`} variant="primary" icon={<Plus aria-hidden />}>
      New study
    </LinkButton>
  );
  const rows = studies.data?.studies;
  return (
    <>
      <PageHeader
        title={archived ? 'Archived studies' : 'Studies'}
        description="A study shows people two videos of one prompt at a time and asks which is better."
        actions={
          <>
            <Button variant="quiet" onClick={() => setArchived(!archived)}>
              {archived ? 'Back to the studies' : 'Archive'}
            </Button>
            {rows?.length !== 0 && create}
          </>
        }
      />
      <ErrorNotice error={studies.error} onRetry={() => void studies.refetch()} />
      {studies.isPending && <LoadingRows />}
      {rows?.length === 0 &&
        (archived ? (
          <EmptyState icon={<ClipboardList />} title="Nothing is archived">
            Studies that are put away keep their votes and stand here.
          </EmptyState>
        ) : (
          <EmptyState icon={<ClipboardList />} title="No study yet" action={create}>
            Choose an import, say what the arms differ in, look it over, and hand out the link.
          </EmptyState>
        ))}
      {rows && rows.length > 0 && (
        <ul className="flex flex-col gap-3">
          {rows.map((study) => (
            <li key={study.slug}>
              <StudyRow study={study} href={`${base}/${study.slug}`} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function StudyRow({ study, href }: { study: StudySummary; href: string }) {
  const facts = [
    study.kind === 'caption' ? 'captions' : 'videos',
    count(study.arms, 'arm'),
    count(study.prompts, 'prompt'),
    count(study.questions, 'question'),
  ];
  return (
    <Link
      href={href}
      className="group grid gap-x-8 gap-y-3 rounded-xl border border-line bg-surface px-5 py-4 shadow-card transition-shadow hover:border-line-strong hover:shadow-float md:grid-cols-[minmax(0,1fr)_16rem] md:items-center"
    >
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h2 className="font-semibold [overflow-wrap:anywhere] group-hover:text-accent">
            {study.title}
          </h2>
          <StateBadge state={study.state} />
          {study.revision > 1 && (
            <span className="text-xs text-ink-faint">revision {study.revision}</span>
          )}
        </div>
        <p className="mt-0.5 text-sm text-ink-faint">{facts.join(' · ')}</p>
      </div>
      {study.wanted > 0 ? (
        <div>
          <Progress
            label={`${study.counted.toLocaleString('en')} of ${count(study.wanted, 'vote')}`}
            value={study.counted}
            max={study.wanted}
          />
          {study.countsSimulated && (
            <p className="mt-1.5 text-xs text-ink-faint">with votes from simulated raters</p>
          )}
        </div>
      ) : (
        <p className="text-sm text-ink-faint">Made on {day(study.createdAt)}, not open yet</p>
      )}
    </Link>
  );
}

function LoadingRows() {
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">Loading the studies</span>
      <Skeleton className="h-20 rounded-xl" />
      <Skeleton className="h-20 rounded-xl" />
      <Skeleton className="h-20 rounded-xl" />
    </div>
  );
}
