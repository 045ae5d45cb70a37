'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Field } from '#components/field.tsx';
import { Input } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { api } from '#lib/client/api.ts';
import { fieldError, formError } from '#lib/client/field-error.ts';
import type { ImportKind, LayoutChoice } from '#lib/generation/schema.ts';
import { KindSelect } from './kind-select.tsx';
import { LayoutSelect } from './layout-select.tsx';

const TABLE = /\.(csv|tsv|jsonl|ndjson)$/i;

/** An import of a folder or a table that lies on the server, within the folders that it allows. */
export function ServerForm(props: { project: string; importRoots: readonly string[] }) {
  const { project, importRoots } = props;
  const router = useRouter();
  const [kind, setKind] = useState<ImportKind>('video');
  const [layout, setLayout] = useState<LayoutChoice>('auto');
  const create = useMutation({
    mutationFn: async ({ name, path }: { name: string; path: string }) => {
      const source = TABLE.test(path)
        ? { kind: 'table' as const, path }
        : { kind: 'folder' as const, path, layout };
      const { slug } = await api.imports.create({ project, name, kind, source });
      await api.imports.start({ project, import: slug });
      return slug;
    },
    onSuccess: (slug) => router.push(`/projects/${project}/imports/${slug}`),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    create.mutate({ name: String(form.get('name')), path: String(form.get('path')).trim() });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <Field
        label="Path"
        hint={`A folder, or a CSV or JSONL file, in ${importRoots.join(' or ')}.`}
        error={fieldError(create.error, 'path')}
      >
        <Input name="path" required maxLength={1000} defaultValue={`${importRoots[0]}/`} />
      </Field>
      <div className="grid gap-5 md:grid-cols-3">
        <Field label="Name" error={fieldError(create.error, 'name')}>
          <Input name="name" required maxLength={120} autoComplete="off" />
        </Field>
        <KindSelect value={kind} onChange={setKind} />
        {kind === 'video' && <LayoutSelect value={layout} onChange={setLayout} />}
      </div>
      <ErrorNotice error={formError(create.error, ['name', 'path'])} />
      <div>
        <Button type="submit" variant="primary" isBusy={create.isPending || create.isSuccess}>
          Import
        </Button>
      </div>
    </form>
  );
}
