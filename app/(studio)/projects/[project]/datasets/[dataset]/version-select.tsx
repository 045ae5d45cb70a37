'use client';

import { useQuery } from '@tanstack/react-query';
import { Select } from '#components/input.tsx';
import { queries } from '#lib/client/queries.ts';
import { STATE_WORDS } from '../dataset-words.ts';

/** Chooses among the versions of a dataset; nothing where there is one. */
export function VersionSelect(props: {
  project: string;
  dataset: string;
  current: number;
  onChange: (version: number) => void;
}) {
  const { project, dataset, current, onChange } = props;
  const list = useQuery(queries.datasets.list.queryOptions({ input: { project } }));
  const versions = list.data?.datasets.find(({ slug }) => slug === dataset)?.versions ?? [];
  if (versions.length < 2) return null;
  return (
    <Select
      aria-label="Version"
      className="w-56"
      value={current}
      onChange={({ target }) => onChange(Number(target.value))}
    >
      {versions.map(({ number, state, clips }) => (
        <option key={number} value={number}>
          Version {number}
          {state === 'done'
            ? `, ${(clips ?? 0).toLocaleString('en')} clips`
            : `, ${STATE_WORDS[state].text.toLowerCase()}`}
        </option>
      ))}
    </Select>
  );
}
