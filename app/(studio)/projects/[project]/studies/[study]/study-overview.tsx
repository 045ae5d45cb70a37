'use client';

import { useQuery } from '@tanstack/react-query';
import { Card } from '#components/card.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { EstimateText } from '../estimate-text.tsx';
import type { StudyAddress } from '../study-address.ts';
import { ArmsCard } from './arms-card.tsx';
import { ChecklistCard } from './checklist-card.tsx';
import { DecisionNotice } from './decision-notice.tsx';
import { LinksCard } from './links-card.tsx';
import { ProgressCard } from './progress-card.tsx';
import { QuestionsCard } from './questions-card.tsx';
import { RevisionsCard } from './revisions-card.tsx';
import { studyQuery } from './study-query.ts';
import { WatchCard } from './watch-card.tsx';

/** Where a study stands, what to do next, and what it is made of. */
export function StudyOverview({ address }: { address: StudyAddress }) {
  const { data: study } = useQuery(studyQuery(address));
  // The frame around this page says what went wrong.
  if (!study) return <LoadingOverview />;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-5">
        {study.description && (
          <p className="max-w-2xl whitespace-pre-line text-ink-soft [overflow-wrap:anywhere]">
            {study.description}
          </p>
        )}
        {study.state !== 'draft' && study.axis && <DecisionNotice address={address} />}
        {study.state === 'draft' ? (
          <ChecklistCard address={address} />
        ) : (
          <>
            <ProgressCard address={address} study={study} />
            {/* Arms of different steps never meet: the report tells what each step gained. */}
            {study.axis?.kind !== 'training-step' && <WatchCard address={address} study={study} />}
          </>
        )}
        <ArmsCard study={study} />
        <QuestionsCard study={study} />
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <LinksCard study={study} />
        <Card title="What it takes">
          <EstimateText estimate={study.estimate} questions={study.questions.length} />
        </Card>
        <RevisionsCard address={address} study={study} />
      </div>
    </div>
  );
}

function LoadingOverview() {
  return (
    <div role="status" className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <span className="sr-only">Loading the study</span>
      <Skeleton className="h-72 rounded-xl" />
      <Skeleton className="h-48 rounded-xl" />
    </div>
  );
}
