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
import type { ImportKind } from '#lib/generation/schema.ts';
import { KindSelect } from './kind-select.tsx';

const TABLE = /\.(csv|tsv|jsonl|ndjson)$/i;

/** An import of a folder or a table that lies on the server, within the folders that it allows. */
export function ServerForm(props: { project: string; importRoots: readonly string[] }) {
  const { project, importRoots } = props;
  const router = useRouter();
  const [kind, setKind] = useState<ImportKind>('video');
  const create = useMutation({
    mutationFn: async ({ name, path }: { name: string; path: string }) => {
      const source = { kind: TABLE.test(path) ? ('table' as const) : ('folder' as const), path };
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
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Name" error={fieldError(create.error, 'name')}>
          <Input name="name" required maxLength={120} autoComplete="off" />
        </Field>
        <KindSelect value={kind} onChange={setKind} />
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
