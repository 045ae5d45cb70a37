'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChartNoAxesCombined } from 'lucide-react';
import { useState } from 'react';
import { Field } from '#components/field.tsx';
import { Select } from '#components/input.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import type { QuestionChoice, RankingMethod } from '#lib/reports/schema.ts';
import type { ReportView as Report } from '#lib/reports/study-report/schema.ts';
import type { StudyAddress } from '../../study-address.ts';
import { VoteSources } from '../vote-sources.tsx';
import { AnalysisPart } from './analysis-part.tsx';
import { AxisHeadline, AxisPart, type PartProps } from './axis-part.tsx';
import { BrokenReports } from './broken-reports.tsx';
import { DecisionCard } from './decision-card.tsx';
import { Exports } from './exports.tsx';
import { FrozenBanner } from './frozen-banner.tsx';
import { MethodSwitch } from './method-switch.tsx';
import { METHOD_ORDER } from './methods.ts';
import { MethodsSection } from './methods-section.tsx';
import { RankingPart } from './ranking-part.tsx';
import { RecomputeButton } from './recompute-button.tsx';
import { ReportContents } from './report-contents.tsx';
import { reportParts } from './report-parts.ts';
import { StudyPart } from './study-part.tsx';
import { VoteStats } from './vote-stats.tsx';

/** While a study runs, its numbers are asked for again this often. */
const LIVE_MS = 5_000;

interface Shape {
  address: StudyAddress;
  /** One moment of the votes, for good; the newest when left out. */
  snapshot?: number | undefined;
}

export function ReportView({ address, snapshot: frozen }: Shape) {
  const [method, setMethod] = useState<RankingMethod>();
  const [question, setQuestion] = useState<QuestionChoice>('mean');
  const report = useQuery(
    queries.reports.report.queryOptions({
      input: {
        ...address,
        ...(method && { method }),
        ...(frozen !== undefined && { snapshot: frozen }),
      },
      placeholderData: keepPreviousData,
      refetchInterval: ({ state: { data } }) =>
        frozen === undefined && (data?.study.state === 'running' || data?.isStale)
          ? LIVE_MS
          : false,
    }),
  );
  if (report.isPending) return <SkeletonLines count={8} />;
  if (report.isError && !report.data)
    return (
      <ErrorNotice
        title="The report can't be shown"
        error={report.error}
        onRetry={() => void report.refetch()}
      />
    );
  const { data } = report;
  const { study, breakdown, snapshots } = data;
  const ranking =
    snapshots.find((candidate) => candidate.question === question) ?? snapshots.at(-1);
  const sources = (
    <VoteSources
      address={address}
      simulated={{ votes: breakdown.simulated, isCounted: study.countSimulated }}
      imported={{ votes: breakdown.imported, isCounted: study.countImported }}
      people={breakdown.people}
    />
  );
  if (!ranking || ranking.votes === 0)
    return (
      <div className="flex flex-col gap-6">
        {sources}
        <NoVotes isStale={data.isStale} />
        <BrokenReports reports={data.brokenReports} />
      </div>
    );
  const part: PartProps = {
    address,
    snapshot: frozen,
    question: ranking.question ?? 'mean',
    method: data.method,
    version: `${ranking.id}`,
  };
  return (
    <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_11rem]">
      <div className="flex min-w-0 flex-col gap-6">
        {frozen !== undefined && data.snapshot && (
          <FrozenBanner address={address} snapshot={data.snapshot}>
            <RecomputeButton address={address} snapshot={data.snapshot.id} />
          </FrozenBanner>
        )}
        {sources}
        <div className="flex flex-wrap gap-x-8 gap-y-4">
          <QuestionSelect report={data} question={part.question} onChange={setQuestion} />
          <MethodSwitch
            method={method ?? data.method}
            methods={methodsOf(data)}
            onChange={setMethod}
          />
        </div>
        {study.axis && <AxisHeadline {...part} />}
        {ranking.warnings.length > 0 && <Warnings warnings={ranking.warnings} />}
        {(study.axis || study.kind === 'caption') && (
          <div id="decision" className="scroll-mt-6 empty:hidden">
            <DecisionCard address={address} snapshot={ranking.id} />
          </div>
        )}
        <VoteStats report={data} ranking={ranking} />
        {study.axis && <AxisPart {...part} />}
        <RankingPart report={data} ranking={ranking} part={part} />
        <AnalysisPart part={part} />
        <StudyPart report={data} />
        <MethodsSection address={address} snapshot={ranking.id} />
        <div id="exports" className="scroll-mt-6">
          <Exports address={address} report={data} snapshot={ranking} frozen={frozen} />
        </div>
      </div>
      <ReportContents parts={reportParts(data)} />
    </div>
  );
}

/** Two arms are told by their win share; the Elo methods would add nothing but their name. */
function methodsOf({ arms, method }: Report): RankingMethod[] {
  return METHOD_ORDER.filter(
    (option) => arms.length !== 2 || !option.startsWith('elo') || option === method,
  );
}

function QuestionSelect(props: {
  report: Report;
  question: QuestionChoice;
  onChange: (question: QuestionChoice) => void;
}) {
  const { questions, snapshots } = props.report;
  return (
    <div className="w-72 max-w-full">
      <Field label="Question">
        <Select
          value={String(props.question)}
          onChange={(event) =>
            props.onChange(event.target.value === 'mean' ? 'mean' : Number(event.target.value))
          }
        >
          {snapshots.length > 1 && <option value="mean">Mean of all questions</option>}
          {questions.map(({ position, wording }) => (
            <option key={position} value={position}>
              {wording}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}

function NoVotes({ isStale }: { isStale: boolean }) {
  return (
    <EmptyState
      icon={<ChartNoAxesCombined />}
      title={isStale ? 'The ranking is being computed' : 'No votes from people yet'}
    >
      {isStale
        ? 'This page shows it in a few seconds.'
        : "Share the raters' link on the Overview tab. Ratings appear here while votes come in."}
    </EmptyState>
  );
}

function Warnings({ warnings }: { warnings: readonly { code: string; message: string }[] }) {
  return (
    <ul className="flex flex-col gap-1 rounded-xl border border-warn/25 bg-warn-soft px-4 py-3 text-sm text-ink-soft">
      {warnings.map((warning) => (
        <li key={warning.code + warning.message}>{warning.message}</li>
      ))}
    </ul>
  );
}
