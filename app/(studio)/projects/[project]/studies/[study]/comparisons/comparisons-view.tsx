'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Columns2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/button.tsx';
import { Field } from '#components/field.tsx';
import { Select } from '#components/input.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import type { StudyAddress } from '../../study-address.ts';
import { ComparisonCard } from './comparison-card.tsx';

/** Every comparison with both videos and how people voted, narrowed by arm and prompt. */
export function ComparisonsView({ address }: { address: StudyAddress }) {
  const [filter, setFilter] = useState<{ arm?: string; prompt?: string }>({});
  const [page, setPage] = useState(1);
  const report = useQuery(queries.reports.report.queryOptions({ input: address }));
  const list = useQuery(
    queries.reports.comparisons.queryOptions({
      input: { ...address, ...filter, page },
      placeholderData: keepPreviousData,
    }),
  );
  if (report.isPending || list.isPending) return <SkeletonLines count={8} />;
  const error = report.error ?? list.error;
  if (!report.data || !list.data)
    return (
      <ErrorNotice
        title="The comparisons can't be shown"
        error={error}
        onRetry={() => void Promise.all([report.refetch(), list.refetch()])}
      />
    );
  const { total, pageSize, comparisons, prompts } = list.data;
  const isFiltered = filter.arm !== undefined || filter.prompt !== undefined;
  if (total === 0 && !isFiltered)
    return (
      <EmptyState icon={<Columns2 />} title="No comparisons yet">
        They are made when the study opens: every pair of arms on every prompt.
      </EmptyState>
    );
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const narrow = (key: 'arm' | 'prompt', value: string) => {
    const { [key]: _, ...rest } = filter;
    setFilter(value === '' ? rest : { ...rest, [key]: value });
    setPage(1);
  };
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-2 lg:max-w-2xl">
        <Field label="Arm">
          <Select value={filter.arm ?? ''} onChange={(event) => narrow('arm', event.target.value)}>
            <option value="">All arms</option>
            {report.data.arms.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Prompt">
          <Select
            value={filter.prompt ?? ''}
            onChange={(event) => narrow('prompt', event.target.value)}
          >
            <option value="">All prompts</option>
            {prompts.map(({ key, text }) => (
              <option key={key} value={key}>
                {shorten(text === '' ? key : text)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <p className="text-sm text-ink-faint" aria-live="polite">
        {total.toLocaleString('en')} {total === 1 ? 'comparison' : 'comparisons'}
        {report.data.breakdown.simulated > 0 &&
          report.data.study.countSimulated &&
          '; the counts include votes from simulated raters'}
        {report.data.breakdown.simulated > 0 &&
          !report.data.study.countSimulated &&
          '; votes from simulated raters are left out of the counts'}
        {report.data.breakdown.imported > 0 && '; votes imported from a file are not among them'}
      </p>
      <ul className="flex flex-col gap-4">
        {comparisons.map((comparison) => (
          <li key={comparison.id}>
            <ComparisonCard
              address={address}
              comparison={comparison}
              questions={report.data.questions}
              kind={report.data.study.kind}
            />
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <nav aria-label="Pages" className="flex items-center justify-center gap-4 text-sm">
          <Button size="sm" disabled={page === 1} onClick={() => setPage(page - 1)}>
            Back
          </Button>
          <span className="text-ink-faint tabular-nums">
            Page {page} of {pages}
          </span>
          <Button size="sm" disabled={page === pages} onClick={() => setPage(page + 1)}>
            Next
          </Button>
        </nav>
      )}
    </div>
  );
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
