'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import { AxisForm } from './axis-form.tsx';

/** Choose a score, which end of it goes, and how much. */
export function NewAxis({ project, dataset }: { project: string; dataset: string }) {
  const router = useRouter();
  const search = useSearchParams();
  const queryClient = useQueryClient();
  const wished = Number(search.get('version'));
  const version = Number.isInteger(wished) && wished > 0 ? wished : undefined;
  const address = { project, dataset, ...(version === undefined ? {} : { version }) };
  const base = `/projects/${project}/datasets`;
  const detail = useQuery(queries.datasets.get.queryOptions({ input: address }));
  const create = useMutation(
    queries.axes.create.mutationOptions({
      onSuccess: async (axis) => {
        await queryClient.invalidateQueries({ queryKey: queries.axes.key() });
        router.push(`${base}/${dataset}/axes/${axis.slug}?version=${axis.version}`);
      },
    }),
  );
  return (
    <>
      <PageHeader
        title="New axis"
        description="Models trained on its subsets differ in one thing only: how much of this score was dropped."
        crumbs={[
          { href: base, label: 'Datasets' },
          { href: `${base}/${dataset}`, label: detail.data?.name ?? dataset },
        ]}
      />
      {detail.isPending && <SkeletonLines count={6} label="Loading the scores" />}
      <ErrorNotice error={detail.error} onRetry={() => void detail.refetch()} />
      {detail.data && (
        <AxisForm
          address={{ project, dataset, version: detail.data.number }}
          detail={detail.data}
          wishedScore={search.get('score')}
          error={create.error}
          isBusy={create.isPending}
          onSubmit={(input) =>
            create.mutate({ project, dataset, version: detail.data.number, ...input })
          }
        />
      )}
    </>
  );
}
