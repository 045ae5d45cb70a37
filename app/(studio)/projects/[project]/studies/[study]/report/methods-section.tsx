'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/button.tsx';
import { CopyButton } from '#components/copy-button.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import type { MethodsView } from '#lib/reports/bundle/schema.ts';
import type { StudyAddress } from '../../study-address.ts';
import { ReportSection } from './report-section.tsx';

/** The "Human evaluation" section of a paper, its tables and references, to be copied. */
export function MethodsSection(props: { address: StudyAddress; snapshot: number }) {
  const [chosen, setChosen] = useState('Markdown');
  const methods = useQuery(
    queries.reports.methods.queryOptions({
      input: { ...props.address, snapshot: props.snapshot },
      placeholderData: keepPreviousData,
    }),
  );
  const texts = methods.data ? textsOf(methods.data) : [];
  const shown = texts.find(({ label }) => label === chosen) ?? texts[0];
  return (
    <ReportSection
      id="methods"
      title="Methods text"
      description="What was done, for a paper: written from this study's facts. Read it before you use it."
      actions={shown && <CopyButton text={shown.text} />}
    >
      {methods.isPending && <SkeletonLines count={6} />}
      {!methods.data && (
        <ErrorNotice error={methods.error} onRetry={() => void methods.refetch()} />
      )}
      {shown && (
        <div className="flex flex-col gap-3">
          <div role="toolbar" aria-label="Form of the text" className="flex flex-wrap gap-1">
            {texts.map(({ label }) => (
              <Button
                key={label}
                size="sm"
                variant={label === shown.label ? 'secondary' : 'quiet'}
                aria-pressed={label === shown.label}
                onClick={() => setChosen(label)}
              >
                {label}
              </Button>
            ))}
          </div>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
            tabIndex={0}
            className="max-h-96 overflow-auto rounded-lg bg-sunken p-4 text-xs leading-relaxed whitespace-pre-wrap text-ink-soft [overflow-wrap:anywhere]"
          >
            {shown.text}
          </pre>
        </div>
      )}
    </ReportSection>
  );
}

function textsOf({ markdown, latex, bibtex, tables }: MethodsView) {
  return [
    { label: 'Markdown', text: markdown },
    { label: 'LaTeX', text: latex },
    { label: 'Tables (LaTeX)', text: tables.map((table) => table.latex).join('\n') },
    { label: 'References (BibTeX)', text: bibtex },
  ];
}
