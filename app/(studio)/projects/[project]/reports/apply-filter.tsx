'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Field } from '#components/field.tsx';
import { Checkbox, Input, Select } from '#components/input.tsx';
import { TextLink } from '#components/link.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { queries } from '#lib/client/queries.ts';
import type { FilterLinks } from '#lib/reports/confirmation/schema.ts';
import { percentText } from '../studies/percent-text.ts';
import { CombinedSubset } from './combined-subset.tsx';

/** Makes the combined subset of a dataset: choose it, say which axis is which. */
export function ApplyFilter({ project }: { project: string }) {
  const [slug, setSlug] = useState<string | null>(null);
  const list = useQuery(queries.datasets.list.queryOptions({ input: { project } }));
  const datasets = list.data?.datasets.filter(({ versions }) =>
    versions.some(({ state }) => state === 'done'),
  );
  const dataset = slug ?? datasets?.[0]?.slug ?? null;
  const links = useQuery(
    queries.reports.filterLinks.queryOptions({
      input: { project, dataset: dataset ?? '' },
      enabled: dataset !== null,
    }),
  );
  if (!datasets) return null;
  return (
    <section aria-labelledby="apply-filter" className="border-t border-line px-5 py-4">
      <h3 id="apply-filter" className="font-medium">
        Apply to a dataset
      </h3>
      <p className="mt-0.5 mb-4 max-w-3xl text-sm text-ink-faint">
        Makes the subset that all decided filters keep together, and a random drop to the same size
        for the confirmation study.
      </p>
      {datasets.length === 0 ? (
        <p className="text-sm text-ink-faint">
          This project has no dataset yet.{' '}
          <TextLink href={`/projects/${project}/datasets/new`}>Register one</TextLink>
        </p>
      ) : (
        <div className="flex flex-col gap-5">
          <div className="max-w-sm">
            <Field label="Dataset">
              <Select value={dataset ?? ''} onChange={(event) => setSlug(event.target.value)}>
                {datasets.map((one) => (
                  <option key={one.slug} value={one.slug}>
                    {one.name}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
          {links.isLoading && <SkeletonLines count={3} />}
          <ErrorNotice error={links.error} onRetry={() => void links.refetch()} />
          {links.data && (
            <LinkForm
              key={`${links.data.dataset}/${links.data.version}`}
              project={project}
              links={links.data}
            />
          )}
        </div>
      )}
    </section>
  );
}

const LEFT_OUT = '';

function LinkForm({ project, links }: { project: string; links: FilterLinks }) {
  const { dataset, version, axes, options, mix } = links;
  const [chosen, setChosen] = useState<Record<string, string>>(() =>
    Object.fromEntries(axes.map(({ name, suggested }) => [name, suggested ?? LEFT_OUT])),
  );
  const isMixUsable = mix !== null && mix.lacking.length === 0;
  const [withMix, setWithMix] = useState(isMixUsable);
  const make = useMutation(queries.reports.applyFilter.mutationOptions());
  const linked = axes.flatMap(({ name }) => {
    const datasetAxis = chosen[name] ?? LEFT_OUT;
    return datasetAxis === LEFT_OUT ? [] : [{ axis: name, datasetAxis }];
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name'));
    make.mutate({ project, dataset, version, name, links: linked, withMix });
  };
  return (
    <>
      <form onSubmit={submit} className="flex flex-col gap-5">
        {options.length === 0 && axes.length > 0 && (
          <p className="text-sm text-ink-soft">
            Version {version} has no computed axis yet.{' '}
            <TextLink href={`/projects/${project}/datasets/${dataset}`}>To the dataset</TextLink>
          </p>
        )}
        <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
          {axes.map(({ name, removedFraction, suggested }) => (
            <Field
              key={name}
              label={`${name}: remove ${percentText(removedFraction)}`}
              hint={suggested === null ? 'No axis of this name: choose one.' : undefined}
            >
              <Select
                value={chosen[name] ?? LEFT_OUT}
                onChange={(event) => setChosen({ ...chosen, [name]: event.target.value })}
              >
                <option value={LEFT_OUT}>Leave it out</option>
                {options.map((option) => (
                  <option key={option.slug} value={option.slug}>
                    {option.name}
                  </option>
                ))}
              </Select>
            </Field>
          ))}
          <Field label="Name of the subset" error={fieldError(make.error, 'name')}>
            <Input
              name="name"
              required
              maxLength={60}
              autoComplete="off"
              defaultValue="Combined filter"
            />
          </Field>
        </div>
        {mix && (
          <Checkbox
            label="Draw each clip's caption by the decided mix"
            hint={
              isMixUsable
                ? mix.columns
                    .map(({ column, share }) => `${percentText(share)} ${column}`)
                    .join(', ')
                : `This version lacks ${mix.lacking.join(', ')}.`
            }
            disabled={!isMixUsable}
            checked={withMix}
            onChange={(event) => setWithMix(event.target.checked)}
          />
        )}
        <ErrorNotice error={formError(make.error, ['name'])} />
        <div>
          <Button
            type="submit"
            variant="primary"
            isBusy={make.isPending}
            disabled={linked.length === 0 && !withMix}
          >
            Make the subset
          </Button>
        </div>
      </form>
      {make.data && <CombinedSubset project={project} made={make.data} options={options} />}
    </>
  );
}
