'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChartNoAxesCombined } from 'lucide-react';
import { useState } from 'react';
import { Card } from '#components/card.tsx';
import { Field } from '#components/field.tsx';
import { Select } from '#components/input.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { Progress } from '#components/progress.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { Stat, StatRow } from '#components/stat.tsx';
import { queries } from '#lib/client/queries.ts';
import {
  type QuestionChoice,
  type RankingMethod,
  rankingMethodSchema,
} from '#lib/reports/schema.ts';
import type { StudyAddress } from '../../study-address.ts';
import { VoteSources } from '../vote-sources.tsx';
import { BrokenReports } from './broken-reports.tsx';
import { DecisionCard } from './decision-card.tsx';
import { Exports } from './exports.tsx';
import { Figure } from './figure.tsx';
import { Leaderboard } from './leaderboard.tsx';
import { METHODS } from './methods.ts';
import { WinShares } from './win-shares.tsx';

/** While a study runs, its numbers are asked for again this often. */
const LIVE_MS = 5_000;

export function ReportView({ address }: { address: StudyAddress }) {
  const [method, setMethod] = useState<RankingMethod>();
  const [question, setQuestion] = useState<QuestionChoice>('mean');
  const report = useQuery(
    queries.reports.report.queryOptions({
      input: { ...address, ...(method && { method }) },
      placeholderData: keepPreviousData,
      refetchInterval: ({ state: { data } }) =>
        data?.study.state === 'running' || data?.isStale ? LIVE_MS : false,
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
  const snapshot =
    snapshots.find((candidate) => candidate.question === question) ?? snapshots.at(-1);
  const counted = data.progress.reduce((sum, row) => sum + row.counted, 0);
  const wanted = data.progress.reduce((sum, row) => sum + row.wanted, 0);
  const sources = (
    <VoteSources
      address={address}
      simulated={{ votes: breakdown.simulated, isCounted: study.countSimulated }}
      imported={{ votes: breakdown.imported, isCounted: study.countImported }}
      people={breakdown.people}
    />
  );
  if (!snapshot || snapshot.votes === 0)
    return (
      <div className="flex flex-col gap-6">
        {sources}
        <EmptyState
          icon={<ChartNoAxesCombined />}
          title={data.isStale ? 'The ranking is being computed' : 'No votes from people yet'}
        >
          {data.isStale
            ? 'This page shows it in a few seconds.'
            : "Share the raters' link on the Overview tab. Ratings appear here while votes come in."}
        </EmptyState>
        <BrokenReports reports={data.brokenReports} />
      </div>
    );
  const isTwoArms = data.arms.length === 2;
  // Two arms are told by their win share; the Elo methods would add nothing but their name.
  const methods = rankingMethodSchema.options.filter(
    (option) => !isTwoArms || !option.startsWith('elo') || option === data.method,
  );
  const figureInput = { ...address, method: data.method, version: snapshot.watermark };
  return (
    <div className="flex flex-col gap-6">
      {sources}
      <StatRow>
        <Stat
          label="Votes ranked"
          value={snapshot.votes.toLocaleString('en')}
          hint={data.isStale ? 'newer votes are being ranked' : 'up to date'}
        />
        <Stat label="Raters" value={breakdown.raters.toLocaleString('en')} />
        <Stat
          label="Votes wanted"
          value={wanted.toLocaleString('en')}
          hint={wanted > 0 ? `${Math.floor((100 * counted) / wanted)} % there` : undefined}
        />
        <Stat
          label="Marked votes"
          value={breakdown.marked.toLocaleString('en')}
          hint="too fast or unwatched; still counted"
        />
      </StatRow>
      <div className="grid gap-4 sm:grid-cols-2 lg:max-w-2xl">
        <Field label="Question">
          <Select
            value={String(snapshot.question ?? 'mean')}
            onChange={(event) =>
              setQuestion(event.target.value === 'mean' ? 'mean' : Number(event.target.value))
            }
          >
            {snapshots.length > 1 && <option value="mean">Mean of all questions</option>}
            {data.questions.map(({ position, wording }) => (
              <option key={position} value={position}>
                {wording}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Method" hint={METHODS[data.method].hint}>
          <Select
            value={data.method}
            onChange={(event) => setMethod(rankingMethodSchema.parse(event.target.value))}
          >
            {methods.map((option) => (
              <option key={option} value={option}>
                {METHODS[option].name}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {study.axis && <DecisionCard address={address} snapshot={snapshot.id} />}
      {snapshot.warnings.length > 0 && <Warnings warnings={snapshot.warnings} />}
      {study.axis && !isTwoArms && (
        <Card
          title={
            study.axis.kind === 'removed-fraction'
              ? `Elo over the fraction removed by ${study.axis.name}`
              : `Elo over ${study.axis.name}`
          }
          description="A line for each question and for their mean."
        >
          <Figure figure="curve" question="mean" {...figureInput} />
        </Card>
      )}
      <Card title="Leaderboard" isFlush>
        <Leaderboard report={data} snapshot={snapshot} />
      </Card>
      <div className="grid gap-6 xl:grid-cols-2">
        <Card title={isTwoArms ? 'Win shares with intervals' : 'Ratings with intervals'}>
          <Figure figure="leaderboard" question={snapshot.question ?? 'mean'} {...figureInput} />
        </Card>
        <Card
          title="Who beat whom"
          description="The share of votes for the row's arm against the column's, ties as half."
        >
          <Figure figure="win-shares" question={snapshot.question ?? 'mean'} {...figureInput} />
          <WinShares snapshot={snapshot} />
        </Card>
      </div>
      <Card title="Progress">
        <div className="grid gap-4 sm:grid-cols-2">
          {data.progress.map((row) => (
            <Progress
              key={row.question}
              label={data.questions[row.question]?.wording ?? `Question ${row.question + 1}`}
              value={row.counted}
              max={row.wanted}
              note={`${row.counted.toLocaleString('en')} of ${row.wanted.toLocaleString('en')} votes`}
            />
          ))}
        </div>
      </Card>
      <BrokenReports reports={data.brokenReports} />
      {data.acceptedDifferences.length > 0 && (
        <Card
          title="Accepted differences"
          description="In what the arms differ beyond the axis, and why that was accepted."
        >
          <dl className="grid gap-3 text-sm sm:grid-cols-[auto_1fr] sm:gap-x-6">
            {data.acceptedDifferences.map(({ field, reason }) => (
              <div key={field} className="contents">
                <dt className="font-medium">{field.replace(/^hyperparameters\./, '')}</dt>
                <dd className="text-ink-soft [overflow-wrap:anywhere]">{reason}</dd>
              </div>
            ))}
          </dl>
        </Card>
      )}
      <Exports address={address} report={data} snapshot={snapshot} />
    </div>
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
