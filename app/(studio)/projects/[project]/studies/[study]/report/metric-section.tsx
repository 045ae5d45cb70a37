'use client';

import { useState } from 'react';
import { Field } from '#components/field.tsx';
import { Select } from '#components/input.tsx';
import { TextLink } from '#components/link.tsx';
import { Table } from '#components/table.tsx';
import type { AnalysisReport, MetricEffect } from '#lib/reports/analysis/schema.ts';
import { type StudyAddress, studyHref } from '../../study-address.ts';
import type { PartProps } from './axis-part.tsx';
import { Behind } from './behind.tsx';
import { Figure } from './figure.tsx';
import { percentText } from './number-text.ts';
import { ReportSection } from './report-section.tsx';

type Part = AnalysisReport['parts'][number];

/** Whether a score of the videos predicts what people prefer, and where it misleads. */
export function MetricSection(input: { report: AnalysisReport; part: Part; props: PartProps }) {
  const { report, part, props } = input;
  const [chosen, setChosen] = useState<string>();
  const metric = part.metrics.find((one) => one.metric === chosen) ?? part.metrics[0];
  if (!metric) return null;
  const { address, ...drawn } = props;
  return (
    <ReportSection
      id="metric"
      title="Metric against people"
      description="Does the score of a video predict votes, and where does it mislead?"
    >
      {part.metrics.length > 1 && (
        <div className="mb-4 w-64 max-w-full">
          <Field label="Metric">
            <Select value={metric.metric} onChange={(event) => setChosen(event.target.value)}>
              {part.metrics.map((one) => (
                <option key={one.metric}>{one.metric}</option>
              ))}
            </Select>
          </Field>
        </div>
      )}
      <p className="mb-4 max-w-3xl text-[0.9375rem] text-ink-soft">{inWords(metric)}</p>
      <Figure figure="metric" metric={metric.metric} {...address} {...drawn} />
      <Behind>
        <Table
          caption={`Votes for the higher ${metric.metric}, by how far apart two videos are`}
          rows={metric.calibration}
          rowKey={({ from }) => from}
          columns={[
            {
              key: 'gap',
              header: 'Apart by',
              cell: ({ from, to }) => `${numberText(from)} to ${numberText(to)}`,
              isNumber: true,
            },
            {
              key: 'share',
              header: 'For the higher',
              cell: ({ share }) => percentText(share),
              isNumber: true,
            },
            {
              key: 'interval',
              header: '95 % interval',
              cell: ({ low, high }) => `${percentText(low)} to ${percentText(high)}`,
              isNumber: true,
            },
            { key: 'votes', header: 'Votes', cell: ({ votes }) => votes, isNumber: true },
          ]}
        />
      </Behind>
      {metric.misleads.length > 0 && (
        <div className="-mx-5 mt-5 -mb-4">
          <h3 className="px-5 pb-2 text-sm font-medium">Where it misleads most</h3>
          <Misleads report={report} metric={metric} address={address} />
        </div>
      )}
    </ReportSection>
  );
}

function inWords({ metric, agreement, decided, spearman }: MetricEffect): string {
  const { share, low, high } = agreement;
  if (share === null || low === null || high === null)
    return `No vote has told two videos of different ${metric} apart yet.`;
  const verdict =
    low > 0.5
      ? `People prefer the video with the higher ${metric}`
      : high < 0.5
        ? `People prefer the video with the lower ${metric}: the higher one wins`
        : `The ${metric} does not predict votes: the higher one wins`;
  const rank =
    spearman === null
      ? ''
      : ` Over the arms, mean score and Elo have a rank correlation of ${spearman.toFixed(2).replace('-', '−')}.`;
  return `${verdict} in ${percentText(share)} of ${decided.toLocaleString('en')} decided votes, 95 % interval ${percentText(low)} to ${percentText(high)}.${rank}`;
}

function Misleads(props: {
  report: AnalysisReport;
  metric: Part['metrics'][number];
  address: StudyAddress;
}) {
  const prompts = new Map(props.report.prompts.map((prompt) => [prompt.id, prompt]));
  return (
    <Table
      caption={`Where ${props.metric.metric} misleads most`}
      rows={props.metric.misleads}
      rowKey={({ prompt, higher, lower }) => `${prompt} ${higher} ${lower}`}
      columns={[
        {
          key: 'prompt',
          header: 'Prompt',
          cell: ({ prompt }) => (
            <span className="[overflow-wrap:anywhere]">
              {prompts.get(prompt)?.text || prompts.get(prompt)?.key}
            </span>
          ),
        },
        { key: 'higher', header: 'Higher score', cell: ({ higher }) => higher },
        { key: 'lower', header: 'Lower score', cell: ({ lower }) => lower },
        { key: 'gap', header: 'Apart by', cell: ({ gap }) => numberText(gap), isNumber: true },
        {
          key: 'votes',
          header: 'Votes for higher / tie / lower',
          cell: ({ votesForHigher, ties, votesForLower }) =>
            `${votesForHigher} / ${ties} / ${votesForLower}`,
          isNumber: true,
        },
        {
          key: 'look',
          header: <span className="sr-only">Look at it</span>,
          cell: ({ comparison, prompt }) =>
            comparison !== null && (
              <TextLink href={comparisonHref(props.address, prompts.get(prompt)?.key)}>
                Look
              </TextLink>
            ),
        },
      ]}
    />
  );
}

function comparisonHref(address: StudyAddress, prompt: string | undefined): string {
  const href = studyHref(address, '/comparisons');
  if (prompt === undefined) return href;
  return `${href}${href.includes('?') ? '&' : '?'}prompt=${encodeURIComponent(prompt)}`;
}

function numberText(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
