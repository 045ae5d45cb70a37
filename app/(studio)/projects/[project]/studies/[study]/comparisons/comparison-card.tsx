'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '#components/badge.tsx';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { Table } from '#components/table.tsx';
import { queries } from '#lib/client/queries.ts';
import type { StudyAddress } from '../../study-address.ts';

interface Side {
  arm: string;
  renditionId: number;
  text: string | null;
}

interface Shape {
  address: StudyAddress;
  comparison: {
    id: number;
    prompt: { key: string; text: string };
    a: Side;
    b: Side;
    counts: readonly { question: number; aWins: number; bWins: number; ties: number }[];
  };
  questions: readonly { position: number; wording: string }[];
  kind: 'video' | 'caption';
}

/** One comparison: prompt, both sides, the count of each question, and on request each vote. */
export function ComparisonCard({ address, comparison, questions, kind }: Shape) {
  const [isOpen, setOpen] = useState(false);
  const { prompt, a, b } = comparison;
  return (
    <Card>
      <p className="mb-3 text-sm text-ink-soft [overflow-wrap:anywhere]">
        <span className="font-medium text-ink">{prompt.key}</span>
        {prompt.text !== '' && prompt.text !== prompt.key && <> · {prompt.text}</>}
      </p>
      {kind === 'caption' && <Clip renditionId={a.renditionId} label="The clip" isNarrow />}
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[3fr_2fr]">
        <div className="grid content-start gap-4 sm:grid-cols-2">
          {[a, b].map((side) => (
            <div key={side.arm} className="min-w-0">
              {kind === 'caption' ? (
                <blockquote className="rounded-lg bg-sunken px-3 py-2 text-sm [overflow-wrap:anywhere]">
                  {side.text}
                </blockquote>
              ) : (
                <Clip renditionId={side.renditionId} label={side.arm} />
              )}
              <p className="mt-1.5 text-sm font-medium [overflow-wrap:anywhere]">{side.arm}</p>
            </div>
          ))}
        </div>
        <div>
          <ul className="flex flex-col gap-3">
            {questions.map(({ position, wording }) => (
              <li key={position}>
                <Share
                  label={wording}
                  a={a.arm}
                  b={b.arm}
                  counts={comparison.counts.find((row) => row.question === position)}
                />
              </li>
            ))}
          </ul>
          <Button
            className="mt-4"
            size="sm"
            variant="quiet"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Hide the votes' : 'Show each vote'}
          </Button>
        </div>
      </div>
      {isOpen && <Votes address={address} comparison={comparison} questions={questions} />}
    </Card>
  );
}

function Clip({
  renditionId,
  label,
  isNarrow,
}: {
  renditionId: number;
  label: string;
  isNarrow?: boolean;
}) {
  return (
    <video
      className={`aspect-video w-full rounded-lg bg-black ${isNarrow ? 'mb-4 sm:max-w-md' : ''}`}
      src={`/api/media/rendition/${renditionId}/video`}
      poster={`/api/media/rendition/${renditionId}/poster`}
      aria-label={label}
      controls
      loop
      muted
      playsInline
      preload="none"
    />
  );
}

function Share({
  label,
  a,
  b,
  counts,
}: {
  label: string;
  a: string;
  b: string;
  counts: { aWins: number; bWins: number; ties: number } | undefined;
}) {
  const { aWins, ties, bWins } = counts ?? { aWins: 0, ties: 0, bWins: 0 };
  const total = aWins + ties + bWins;
  const part = (count: number) => ({ width: `${total === 0 ? 0 : (100 * count) / total}%` });
  return (
    <>
      <div className="flex flex-wrap justify-between gap-x-4 text-sm">
        <span className="text-ink-soft">{label}</span>
        <span className="text-ink-faint tabular-nums">
          {total === 0 ? 'no votes' : `${aWins} : ${bWins}${ties > 0 ? `, ${ties} tied` : ''}`}
        </span>
      </div>
      <div
        className="mt-1 flex h-2 overflow-hidden rounded-full bg-line"
        role="img"
        aria-label={`${a} ${aWins}, tie ${ties}, ${b} ${bWins}`}
      >
        <div className="bg-accent" style={part(aWins)} />
        <div className="bg-line-strong" style={part(ties)} />
        <div className="bg-ink" style={part(bWins)} />
      </div>
    </>
  );
}

function Votes({ address, comparison, questions }: Omit<Shape, 'kind'>) {
  const votes = useQuery(
    queries.reports.comparisonVotes.queryOptions({ input: { ...address, id: comparison.id } }),
  );
  if (votes.isPending) return <SkeletonLines count={3} />;
  if (votes.isError)
    return <ErrorNotice error={votes.error} onRetry={() => void votes.refetch()} />;
  if (votes.data.votes.length === 0)
    return <p className="mt-2 text-sm text-ink-faint">Nobody has voted on this pair yet.</p>;
  return (
    <Table
      className="-mx-5 mt-3"
      caption="Votes on this comparison"
      rows={votes.data.votes}
      rowKey={(vote) => vote.seq}
      columns={[
        {
          key: 'rater',
          header: 'Rater',
          cell: (vote) => (
            <span className="flex items-center gap-2 whitespace-nowrap">
              <code>{vote.rater}</code>
              {vote.origin === 'simulated' && <Badge tone="warn">simulated</Badge>}
              {vote.origin === 'imported' && <Badge>imported</Badge>}
            </span>
          ),
        },
        {
          key: 'question',
          header: 'Question',
          cell: (vote) => questions[vote.question]?.wording,
          isMinor: true,
        },
        {
          key: 'winner',
          header: 'Better',
          cell: (vote) => (vote.winner === 'tie' ? 'tie' : comparison[vote.winner].arm),
        },
        {
          key: 'left',
          header: 'Shown left',
          cell: (vote) => comparison[vote.left].arm,
          isMinor: true,
        },
        {
          key: 'time',
          header: 'Seconds',
          cell: (vote) => (vote.decisionMs === null ? '–' : (vote.decisionMs / 1000).toFixed(1)),
          isNumber: true,
        },
        {
          key: 'state',
          header: 'State',
          cell: (vote) => (
            <span className="flex flex-wrap gap-1">
              <Badge tone={vote.isRetracted || vote.status !== 'counted' ? 'neutral' : 'good'}>
                {vote.isRetracted ? 'taken back' : vote.status}
              </Badge>
              {vote.isExcluded && <Badge tone="bad">rater excluded</Badge>}
              {vote.marks.map((mark) => (
                <Badge key={mark} tone="warn">
                  {mark.replace('_', ' ')}
                </Badge>
              ))}
            </span>
          ),
        },
      ]}
    />
  );
}
