'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Field } from '#components/field.tsx';
import { Input } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { fieldError, formError } from '#lib/client/field-error.ts';
import type { ImportKind, LayoutChoice } from '#lib/generation/schema.ts';
import { bytesText, countOf } from '../import-words.ts';
import { DropZone } from './drop-zone.tsx';
import { KindSelect } from './kind-select.tsx';
import { LayoutSelect } from './layout-select.tsx';
import { nameOf, type PickedFile } from './picked-files.ts';
import { type StartedUpload, useStartUpload } from './use-start-upload.ts';

export interface UploadFormProps {
  project: string;
  initialName: string;
  onStart: (started: StartedUpload) => void;
}

/** Choosing files of this computer, and the name under which they come in. */
export function UploadForm({ project, initialName, onStart }: UploadFormProps) {
  const [files, setFiles] = useState<readonly PickedFile[]>([]);
  const [name, setName] = useState(initialName);
  const [kind, setKind] = useState<ImportKind>('video');
  const [layout, setLayout] = useState<LayoutChoice>('auto');
  const start = useStartUpload(project, onStart);
  const choose = (picked: readonly PickedFile[]) => {
    setFiles(picked);
    if (name === '') setName(nameOf(picked));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    start.mutate({ name, kind, layout, files });
  };
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <DropZone onChoose={choose} />
      {files.length > 0 && (
        <>
          <p className="text-sm" aria-live="polite">
            <span className="font-medium">{countOf(files.length, 'file')}</span> chosen,{' '}
            {bytesText(bytes)}
          </p>
          <div className="grid gap-5 md:grid-cols-3">
            <Field
              label="Name"
              hint="The name of an earlier upload adds to that one."
              error={fieldError(start.error, 'name')}
            >
              <Input
                value={name}
                onChange={(event) => setName(event.target.value)}
                required
                maxLength={120}
                autoComplete="off"
              />
            </Field>
            <KindSelect value={kind} onChange={setKind} />
            {kind === 'video' && <LayoutSelect value={layout} onChange={setLayout} />}
          </div>
          <ErrorNotice error={formError(start.error, ['name'])} />
          <div>
            <Button type="submit" variant="primary" isBusy={start.isPending}>
              Upload {countOf(files.length, 'file')}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}
