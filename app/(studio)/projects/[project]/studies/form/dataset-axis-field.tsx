'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import { Select } from '#components/input.tsx';
import { queries } from '#lib/client/queries.ts';
import type { Axis } from '#lib/studies/schema.ts';
import { SpecField } from './spec-fields.tsx';

type DatasetAxis = NonNullable<Axis['dataset']>;

interface Shape {
  project: string;
  axis: Axis;
  onChange: (dataset: DatasetAxis | undefined) => void;
}

/** Which axis of a dataset the arms' subsets were cut along; nothing where the project has none. */
export function DatasetAxisField({ project, axis, onChange }: Shape) {
  const list = useQuery(queries.datasets.list.queryOptions({ input: { project } }));
  const datasets = (list.data?.datasets ?? []).filter(({ versions }) =>
    versions.some(({ state }) => state === 'done'),
  );
  const found = useQueries({
    queries: datasets.map(({ slug }) =>
      queries.axes.list.queryOptions({ input: { project, dataset: slug } }),
    ),
  });
  const options = datasets.flatMap((dataset, place) =>
    (found[place]?.data?.axes ?? []).map(({ slug, name, version }) => ({
      value: { dataset: dataset.slug, version, axis: slug },
      label: `${dataset.name}, version ${version}: ${name}`,
    })),
  );
  const { dataset: chosen } = axis;
  if (chosen && !options.some(({ value }) => keyOf(value) === keyOf(chosen)))
    options.push({
      value: chosen,
      label: `${chosen.dataset}, version ${chosen.version}: ${chosen.axis}`,
    });
  if (options.length === 0) return null;
  return (
    <SpecField
      place="axis.dataset"
      label="Axis of a dataset"
      isOptional
      hint="What was decided then goes back into that dataset's next subset."
    >
      <Select
        value={chosen ? keyOf(chosen) : ''}
        onChange={(event) =>
          onChange(options.find(({ value }) => keyOf(value) === event.target.value)?.value)
        }
      >
        <option value="">None</option>
        {options.map(({ value, label }) => (
          <option key={keyOf(value)} value={keyOf(value)}>
            {label}
          </option>
        ))}
      </Select>
    </SpecField>
  );
}

function keyOf({ dataset, version, axis }: DatasetAxis): string {
  return `${dataset}/${version}/${axis}`;
}
