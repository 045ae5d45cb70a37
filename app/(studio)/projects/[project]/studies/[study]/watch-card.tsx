'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge, type Tone } from '#components/badge.tsx';
import { Card } from '#components/card.tsx';
import { Select } from '#components/input.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';
import type { WatchedQuestion, WatchResult, WatchView } from '#lib/studies/watch/schema.ts';
import { count } from '../counts.ts';
import type { StudyAddress } from '../study-address.ts';
import { LiveLeaderboard } from './live-leaderboard.tsx';
import { watchQuery } from './study-query.ts';
import { adviceText, provisionalText, VERDICTS } from './watch-words.ts';

interface Shape {
  address: StudyAddress;
  study: StudyDetail;
}

/** Whether the votes so far are enough, and who leads; looked at anew while votes come in. */
export function WatchCard({ address, study }: Shape) {
  const { data, error, refetch } = useQuery(watchQuery(address));
  if (error && !data)
    return (
      <Card title="Is it enough?">
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </Card>
    );
  if (!data) return <Skeleton className="h-64 rounded-xl" />;
  if (!data.result || data.result.votes === 0)
    return (
      <Card title="Is it enough?">
        <EmptyState title="No votes yet">
          {data.isStale
            ? 'The first votes are being looked at.'
            : 'A few seconds after the first votes, this says who leads and whether more are needed.'}
        </EmptyState>
      </Card>
    );
  return <Watched study={study} view={data} result={data.result} />;
}

function Watched({
  study,
  view,
  result,
}: {
  study: StudyDetail;
  view: WatchView;
  result: WatchResult;
}) {
  const [chosen, setChosen] = useState<string>(String(result.deciding));
  const shown =
    result.questions.find(({ question }) => String(question) === chosen) ?? result.questions[0];
  if (!shown) return null;
  const isTwoArms = study.arms.length === 2;
  const why = provisionalText(shown.provisional, result.minimumVotes);
  return (
    <Card
      title="Is it enough?"
      description={
        <>
          From {count(result.votes, 'vote')}
          {view.isStale ? '; newer ones are being looked at' : ''}.
        </>
      }
      actions={<Verdict question={shown} />}
      isFlush
    >
      <div className="flex flex-col gap-4 px-5 pb-4">
        {result.questions.length > 1 && (
          <div className="max-w-md">
            <Select
              aria-label="Question"
              value={chosen}
              onChange={(event) => setChosen(event.target.value)}
            >
              {result.questions.map(({ question }) => (
                <option key={question} value={String(question)}>
                  {questionName(study, question)}
                  {question === result.deciding ? ' (decides)' : ''}
                </option>
              ))}
            </Select>
          </div>
        )}
        <p className="max-w-2xl text-ink-soft [overflow-wrap:anywhere]">
          {adviceText(shown, result.marginElo, view.state)}
        </p>
        {why && <p className="max-w-2xl text-sm text-warn">{why}</p>}
      </div>
      <LiveLeaderboard arms={shown.arms} isTwoArms={isTwoArms} />
      <p className="border-t border-line px-5 py-3 text-sm text-ink-faint">
        Look as often as you like, and stop as soon as it says resolved: the verdict allows for
        that, and for raters and prompts that differ.{' '}
        {isTwoArms
          ? 'The intervals allow for looking too, but take every vote as independent.'
          : 'The intervals in the table are for a single look: don’t stop by them.'}
      </p>
    </Card>
  );
}

function Verdict({ question }: { question: WatchedQuestion }) {
  const { tone, text }: { tone: Tone; text: string } = VERDICTS[question.advice.verdict];
  return <Badge tone={tone}>{text}</Badge>;
}

function questionName(study: StudyDetail, question: number | null): string {
  if (question === null) return 'Mean of all questions';
  return study.questions[question]?.wording.en ?? `Question ${question + 1}`;
}
