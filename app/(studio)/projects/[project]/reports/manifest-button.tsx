'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Button, LinkButton } from '#components/button.tsx';
import { errorText } from '#components/notices.tsx';
import { useToast } from '#components/toast.tsx';
import { queries } from '#lib/client/queries.ts';
import type { ManifestFormat } from '#lib/datasets/manifests/schema.ts';

interface Shape {
  address: {
    project: string;
    dataset: string;
    version: number;
    subset: string;
    format: ManifestFormat;
  };
  /** Of the subset, for those who can't see it. */
  name: string;
}

const LOOK_AGAIN_MS = 1000;

/** Asks for the manifest of a subset, and becomes its download once a worker has written it. */
export function ManifestButton({ address, name }: Shape) {
  const { project, dataset, version, subset, format } = address;
  const toast = useToast();
  const found = useQuery(
    queries.subsets.get.queryOptions({
      input: { project, dataset, version, subset },
      refetchInterval: ({ state: { data } }) =>
        data?.manifests.some(({ state }) => state === 'waiting' || state === 'running')
          ? LOOK_AGAIN_MS
          : false,
    }),
  );
  const ask = useMutation(
    queries.manifests.create.mutationOptions({
      onSuccess: () => void found.refetch(),
      onError: (error) => toast({ text: errorText(error), tone: 'bad' }),
    }),
  );
  const manifest = found.data?.manifests.find((one) => one.format === format);
  const words = (
    <>
      {format.toUpperCase()}
      <span className="sr-only"> manifest of {name}</span>
    </>
  );
  if (manifest?.state === 'done')
    return (
      <LinkButton
        size="sm"
        download
        icon={<Download aria-hidden />}
        href={`/api/v1/projects/${project}/datasets/${dataset}/subsets/${subset}/manifests/${format}/file?version=${version}`}
      >
        {words}
      </LinkButton>
    );
  return (
    <Button
      size="sm"
      isBusy={ask.isPending || manifest?.state === 'waiting' || manifest?.state === 'running'}
      title={manifest?.problem ?? undefined}
      onClick={() => ask.mutate(address)}
    >
      {words}
    </Button>
  );
}
