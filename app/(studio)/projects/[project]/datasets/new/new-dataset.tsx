'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { Field } from '#components/field.tsx';
import { Input } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { queries } from '#lib/client/queries.ts';
import { draftProblems, EMPTY_MAPPING, type MappingDraft } from './mapping-draft.ts';
import { MappingEditor } from './mapping-editor.tsx';
import { PreviewCard } from './preview-card.tsx';
import { type Looked, SourceForm } from './source-form.tsx';

/** The way to a new dataset, or to the next version of one: source, meaning, name. */
export function NewDataset({
  project,
  dataset,
}: {
  project: string;
  dataset?: string | undefined;
}) {
  const base = `/projects/${project}/datasets`;
  const [looked, setLooked] = useState<Looked | null>(null);
  const [draft, setDraft] = useState<MappingDraft>(EMPTY_MAPPING);
  return (
    <>
      <PageHeader
        title={dataset === undefined ? 'New dataset' : 'New version'}
        crumbs={[
          { href: base, label: 'Datasets' },
          ...(dataset === undefined ? [] : [{ href: `${base}/${dataset}`, label: dataset }]),
        ]}
        description="A table of clips: Parquet, CSV, JSONL or WebDataset, one file or thousands."
      />
      <div className="flex flex-col gap-6">
        <SourceForm
          project={project}
          onLook={(next) => {
            setLooked(next);
            setDraft(next.preview.mapping ?? EMPTY_MAPPING);
          }}
        />
        {looked && (
          <>
            <PreviewCard preview={looked.preview} />
            <MappingEditor preview={looked.preview} draft={draft} onChange={setDraft} />
            <RegisterForm
              // Another source is another form.
              key={JSON.stringify(looked.source)}
              project={project}
              dataset={dataset}
              looked={looked}
              draft={draft}
              onChange={setDraft}
            />
          </>
        )}
      </div>
    </>
  );
}

function RegisterForm(props: {
  project: string;
  dataset: string | undefined;
  looked: Looked;
  draft: MappingDraft;
  onChange: (draft: MappingDraft) => void;
}) {
  const { project, dataset, looked, draft, onChange } = props;
  const router = useRouter();
  const queryClient = useQueryClient();
  const known = useQuery({
    ...queries.datasets.list.queryOptions({ input: { project } }),
    enabled: dataset !== undefined,
  });
  const knownName = known.data?.datasets.find(({ slug }) => slug === dataset)?.name;
  const register = useMutation(
    queries.datasets.register.mutationOptions({
      onSuccess: async (made) => {
        await queryClient.invalidateQueries({ queryKey: queries.datasets.key() });
        router.push(`/projects/${project}/datasets/${made.dataset}?version=${made.number}`);
      },
    }),
  );
  const { byColumn, general } = draftProblems(draft);
  const isSound = byColumn.size === 0 && general.length === 0;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    register.mutate({
      project,
      name: knownName ?? String(form.get('name')),
      ...(dataset === undefined ? {} : { slug: dataset }),
      source: looked.source,
      mapping: draft,
      tolerance: Number(form.get('tolerance')) / 100,
    });
  };
  const fields = ['name', 'tolerance', 'mapping.mediaRoot', 'mediaRoot'];
  return (
    <Card title="Register it">
      <form onSubmit={submit} className="flex flex-col gap-5">
        <div className="grid gap-5 md:grid-cols-3">
          {dataset === undefined && (
            <Field label="Name" error={fieldError(register.error, 'name')}>
              <Input
                name="name"
                required
                maxLength={120}
                autoComplete="off"
                defaultValue={nameOf(looked)}
              />
            </Field>
          )}
          <Field
            label="Folder of the videos"
            isOptional
            hint={
              isRelative(looked, draft) && !draft.mediaRoot
                ? 'The paths of the table are relative: without the folder where they start, no video can be shown or scored.'
                : 'On the server; relative paths of the table start here.'
            }
            error={
              fieldError(register.error, 'mapping.mediaRoot') ??
              fieldError(register.error, 'mediaRoot')
            }
          >
            <Input
              value={draft.mediaRoot ?? ''}
              maxLength={1000}
              autoComplete="off"
              placeholder="/data/clips"
              onChange={({ target }) => {
                const { mediaRoot: _, ...rest } = draft;
                onChange(target.value === '' ? rest : { ...rest, mediaRoot: target.value });
              }}
            />
          </Field>
          <Field
            label="Refused rows allowed, %"
            hint="Beyond this the registration fails."
            error={fieldError(register.error, 'tolerance')}
          >
            <Input name="tolerance" type="number" min={0} max={100} step="any" defaultValue={1} />
          </Field>
        </div>
        {general.length > 0 && (
          <ul className="flex flex-col gap-1 text-sm text-bad">
            {general.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
        <ErrorNotice error={formError(register.error, fields)} />
        <div>
          <Button
            type="submit"
            variant="primary"
            disabled={!isSound}
            isBusy={register.isPending || register.isSuccess}
          >
            Register {dataset === undefined ? 'the dataset' : 'the version'}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** The name of the file or folder, without what only computers need. */
function nameOf({ source }: Looked): string {
  const path = source.kind === 'server' ? source.path : source.name;
  const parts = path.split('/').filter((part) => part !== '' && !/[*?]/.test(part));
  return (parts.at(-1) ?? 'dataset').replace(
    /\.(parquet|csv|tsv|jsonl|ndjson|tar)(\.gz|\.zst)?$/i,
    '',
  );
}

/** Whether the table names its clips by paths that begin somewhere else. */
function isRelative({ preview }: Looked, { path }: MappingDraft): boolean {
  const example = preview.rows.map((row) => row[path]).find((value) => value);
  return typeof example === 'string' && !/^(\/|[a-z][a-z0-9+.-]*:)/i.test(example);
}
