'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { FileUp, Search } from 'lucide-react';
import { type ChangeEvent, type FormEvent, useRef, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { Field } from '#components/field.tsx';
import { Input, Select } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { api } from '#lib/client/api.ts';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { queries } from '#lib/client/queries.ts';
import {
  type DatasetSource,
  type SourcePreview,
  type TableFormat,
  tableFormatSchema,
} from '#lib/datasets/schema.ts';
import { bytesText } from '../../imports/import-words.ts';

export interface Looked {
  readonly source: DatasetSource;
  readonly preview: SourcePreview;
}

const FORMAT_WORDS: Readonly<Record<TableFormat, string>> = {
  parquet: 'Parquet',
  csv: 'CSV or TSV',
  jsonl: 'JSONL',
  webdataset: 'WebDataset (tar shards)',
};

/** Where the table lies: a path of the server, a bucket, or a file of this computer. */
export function SourceForm(props: { project: string; onLook: (looked: Looked) => void }) {
  const { project, onLook } = props;
  const sources = useQuery(queries.datasets.sources.queryOptions({ input: { project } }));
  const [format, setFormat] = useState<TableFormat | undefined>(undefined);
  const picker = useRef<HTMLInputElement>(null);
  const look = useMutation({
    mutationFn: async (from: { path: string } | { file: File }): Promise<Looked> => {
      const chosen = format === undefined ? {} : { format };
      const source: DatasetSource =
        'path' in from
          ? { kind: 'server', path: from.path, ...chosen }
          : { ...(await sendFile(project, from.file)), ...chosen };
      return { source, preview: await api.datasets.inspect({ project, source }) };
    },
    onSuccess: onLook,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    look.mutate({ path: String(new FormData(event.currentTarget).get('path')).trim() });
  };
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file) look.mutate({ file });
  };
  const { importRoots = [], importBuckets = [], maxUploadBytes = 0 } = sources.data ?? {};
  const places = [...importRoots, ...importBuckets];
  const pathError = fieldError(look.error, 'path') ?? fieldError(look.error, 'source.path');
  return (
    <Card
      title="Where the table lies"
      description="It is read once and kept as a table of its own: later changes of the source change nothing."
    >
      <form onSubmit={submit} className="flex flex-col gap-5">
        <div className="grid gap-5 md:grid-cols-[1fr_14rem]">
          <Field
            label="Path on the server"
            error={pathError}
            hint={
              places.length > 0
                ? `A file, a folder or a pattern such as clips/*.parquet, in ${places.join(' or ')}.`
                : 'Reading from the server is switched off; an admin may allow folders with WINNOW_IMPORT_ROOTS.'
            }
          >
            <Input
              name="path"
              required
              maxLength={1000}
              disabled={places.length === 0}
              defaultValue={importRoots[0] === undefined ? '' : `${importRoots[0]}/`}
              key={importRoots[0]}
              autoComplete="off"
            />
          </Field>
          <Field label="Format" hint="By the names of the files, if left so.">
            <Select
              value={format ?? ''}
              onChange={({ target }) =>
                setFormat(target.value === '' ? undefined : tableFormatSchema.parse(target.value))
              }
            >
              <option value="">Recognise it</option>
              {tableFormatSchema.options.map((each) => (
                <option key={each} value={each}>
                  {FORMAT_WORDS[each]}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <ErrorNotice error={sources.error} onRetry={() => void sources.refetch()} />
        <ErrorNotice error={pathError === null ? formError(look.error, []) : null} />
        <div className="flex flex-wrap items-center gap-3">
          <Button
            type="submit"
            variant="primary"
            icon={<Search aria-hidden />}
            isBusy={look.isPending}
            disabled={places.length === 0}
          >
            Look at the table
          </Button>
          <span className="text-sm text-ink-faint">or</span>
          <Button
            icon={<FileUp aria-hidden />}
            disabled={look.isPending}
            onClick={() => picker.current?.click()}
          >
            Choose a file of this computer
          </Button>
          {maxUploadBytes > 0 && (
            <span className="text-sm text-ink-faint">up to {bytesText(maxUploadBytes)}</span>
          )}
          <input
            ref={picker}
            type="file"
            hidden
            aria-label="Table file"
            accept=".parquet,.csv,.tsv,.jsonl,.ndjson,.tar"
            onChange={pick}
          />
        </div>
      </form>
    </Card>
  );
}

async function sendFile(project: string, file: File): Promise<DatasetSource> {
  const { token, name } = await api.datasets.upload({ project, file });
  return { kind: 'upload', token, name };
}
