'use client';

import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import { RunForm } from './run-form.tsx';

/** The way to a new run: where the clips come from, and what is to be found out about them. */
export function NewRun(props: { project: string; initialDataset: string | null }) {
  const { project, initialDataset } = props;
  const offer = useQuery(queries.curation.scorers.queryOptions({ input: { project } }));
  return (
    <>
      <PageHeader
        title="New run"
        crumbs={[{ href: `/projects/${project}/curation`, label: 'Curation' }]}
        description="Workers do it step by step. It may be paused at any time and goes on where it was."
      />
      <ErrorNotice error={offer.error} onRetry={() => void offer.refetch()} />
      {offer.isPending && <SkeletonLines count={6} label="Loading the scorers" />}
      {offer.data && (
        <RunForm project={project} offer={offer.data} initialDataset={initialDataset} />
      )}
    </>
  );
}
