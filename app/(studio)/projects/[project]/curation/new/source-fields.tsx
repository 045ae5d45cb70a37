'use client';

import { useQuery } from '@tanstack/react-query';
import { Field } from '#components/field.tsx';
import { Input, Select } from '#components/input.tsx';
import { queries } from '#lib/client/queries.ts';

export type SourceKind = 'long' | 'clips' | 'dataset';

export interface SourceValues {
  kind: SourceKind;
  path: string;
  dataset: string;
}

const KINDS: Readonly<Record<SourceKind, string>> = {
  long: 'Long videos, to be cut into clips',
  clips: 'Clips in a folder',
  dataset: 'The clips of a dataset',
};

/** Where the clips come from. */
export function SourceFields(props: {
  project: string;
  importRoots: readonly string[];
  value: SourceValues;
  pathError: string | null;
  onChange: (value: SourceValues) => void;
}) {
  const { project, importRoots, value, pathError, onChange } = props;
  const list = useQuery(queries.datasets.list.queryOptions({ input: { project } }));
  const datasets = list.data?.datasets ?? [];
  return (
    <div className="grid gap-5 md:grid-cols-2">
      <Field label="From">
        <Select
          value={value.kind}
          onChange={(event) => onChange({ ...value, kind: event.target.value as SourceKind })}
        >
          {Object.entries(KINDS).map(([kind, text]) => (
            <option key={kind} value={kind}>
              {text}
            </option>
          ))}
        </Select>
      </Field>
      {value.kind === 'dataset' ? (
        <Field
          label="Dataset"
          hint={
            datasets.length === 0
              ? 'The project has no dataset yet.'
              : 'The scores come with its next version.'
          }
        >
          <Select
            required
            value={value.dataset}
            onChange={(event) => onChange({ ...value, dataset: event.target.value })}
          >
            <option value="" disabled>
              Choose one
            </option>
            {datasets.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ) : (
        <Field
          label="Folder on the server"
          error={pathError}
          hint={
            importRoots.length > 0
              ? `In ${importRoots.join(' or ')}.`
              : 'Reading folders is switched off; an admin may allow some with WINNOW_IMPORT_ROOTS.'
          }
        >
          <Input
            required
            maxLength={1000}
            value={value.path}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ ...value, path: event.target.value })}
          />
        </Field>
      )}
    </div>
  );
}
