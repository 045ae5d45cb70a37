'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Field } from '#components/field.tsx';
import { Input, Select } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { api } from '#lib/client/api.ts';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { queries } from '#lib/client/queries.ts';
import type { DatasetSummary, VersionDetail } from '#lib/datasets/schema.ts';
import { CLIP_LIMIT } from '#lib/generation/schema.ts';
import { CaptionColumns } from './caption-columns.tsx';

interface Shape {
  project: string;
  /** Those with a version that is done. */
  datasets: readonly DatasetSummary[];
  /** The dataset from whose page a person came. */
  initial: { dataset: string; version: number | undefined } | null;
}

/** Captions that are columns of a dataset, side by side: the clips are drawn by hash. */
export function ClipTableForm({ project, datasets, initial }: Shape) {
  const [slug, setSlug] = useState(initial?.dataset ?? datasets[0]?.slug ?? '');
  const version = slug === initial?.dataset ? initial.version : undefined;
  const detail = useQuery(
    queries.datasets.get.queryOptions({
      input: { project, dataset: slug, ...(version !== undefined && { version }) },
      enabled: slug !== '',
    }),
  );
  return (
    <div className="flex flex-col gap-5">
      <Field label="Dataset">
        <Select value={slug} onChange={(event) => setSlug(event.target.value)}>
          {datasets.map((dataset) => (
            <option key={dataset.slug} value={dataset.slug}>
              {dataset.name}
            </option>
          ))}
        </Select>
      </Field>
      <ErrorNotice error={detail.error} onRetry={() => void detail.refetch()} />
      {detail.isLoading && <SkeletonLines count={3} />}
      {detail.data && (
        <DrawForm
          key={`${detail.data.dataset}/${detail.data.number}`}
          project={project}
          version={detail.data}
        />
      )}
    </div>
  );
}

function DrawForm({ project, version }: { project: string; version: VersionDetail }) {
  const router = useRouter();
  const captions = version.columns.filter(({ kind }) => kind === 'caption');
  const [chosen, setChosen] = useState<readonly string[]>(() => captions.map(({ name }) => name));
  const create = useMutation({
    mutationFn: async (form: FormData) => {
      const { slug } = await api.imports.create({
        project,
        name: String(form.get('name')),
        kind: 'caption',
        source: {
          kind: 'clip-table',
          dataset: version.dataset,
          version: version.number,
          columns: captions.map(({ name }) => name).filter((name) => chosen.includes(name)),
          clips: Number(form.get('clips')),
          seed: Number(form.get('seed')),
        },
      });
      await api.imports.start({ project, import: slug });
      return slug;
    },
    onSuccess: (slug) => router.push(`/projects/${project}/imports/${slug}`),
  });
  if (captions.length < 2)
    return (
      <p className="text-sm text-ink-faint">
        {captions.length === 0
          ? 'This dataset has no captions.'
          : `This dataset has one column of captions, ${captions[0]?.name}.`}{' '}
        A comparison takes two or more.
      </p>
    );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <CaptionColumns
        captions={captions}
        clips={version.clips ?? 0}
        chosen={chosen}
        onChange={setChosen}
        error={fieldError(create.error, 'columns')}
      />
      <div className="grid gap-5 md:grid-cols-3">
        <Field label="Name" error={fieldError(create.error, 'name')}>
          <Input
            name="name"
            required
            maxLength={120}
            autoComplete="off"
            defaultValue={`Captions of ${version.name}`.slice(0, 120)}
          />
        </Field>
        <Field
          label="Clips"
          hint="Drawn by hash from those that have all the captions."
          error={fieldError(create.error, 'clips')}
        >
          <Input
            name="clips"
            type="number"
            required
            min={1}
            max={CLIP_LIMIT}
            defaultValue={Math.min(64, version.clips ?? 64)}
          />
        </Field>
        <Field label="Seed" hint="Another one draws other clips.">
          <Input name="seed" type="number" required min={0} max={2_147_483_647} defaultValue={0} />
        </Field>
      </div>
      <ErrorNotice error={formError(create.error, ['name', 'columns', 'clips'])} />
      <div>
        <Button
          type="submit"
          variant="primary"
          isBusy={create.isPending || create.isSuccess}
          disabled={chosen.length < 2}
        >
          Compare captions
        </Button>
      </div>
    </form>
  );
}
