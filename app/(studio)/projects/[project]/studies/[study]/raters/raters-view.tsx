'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { UserSearch } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import type { RaterFilter, RaterList } from '#lib/studies/quality/schema.ts';
import { count } from '../../counts.ts';
import { Pager } from '../../pager.tsx';
import type { StudyAddress } from '../../study-address.ts';
import { ExclusionDialog } from './exclusion-dialog.tsx';
import { RaterDialog } from './rater-dialog.tsx';
import { RaterTable } from './rater-table.tsx';

/** While a look is due, and else: how often the list is asked for again. */
const WAITING_MS = 3_000;
const IDLE_MS = 15_000;

/** Which dialog is open, for which rater. */
interface Opened {
  readonly rater: string;
  readonly dialog: 'look' | 'change';
}

/** The raters of a study: how they answer, why to look at them, and who is left out of rankings. */
export function RatersView({ address }: { address: StudyAddress }) {
  const [filter, setFilter] = useState<RaterFilter>('all');
  const [page, setPage] = useState(1);
  const [opened, setOpened] = useState<Opened>();
  const project = useQuery(
    queries.projects.get.queryOptions({ input: { project: address.project } }),
  );
  const list = useQuery(
    queries.studies.raters.queryOptions({
      input: { ...address, filter, page },
      placeholderData: keepPreviousData,
      refetchInterval: ({ state: { data } }) => (data?.isStale ? WAITING_MS : IDLE_MS),
    }),
  );
  if (list.isPending) return <SkeletonLines count={8} label="Loading the raters" />;
  if (!list.data)
    return (
      <ErrorNotice
        title="The raters can't be shown"
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    );
  const { data } = list;
  if (data.counts.all === 0) return <NoRaters isWaiting={data.isStale} />;
  const canWrite = project.data?.canWrite === true;
  const rater = data.raters.find((one) => one.rater === opened?.rater);
  const close = () => setOpened(undefined);
  return (
    <div className="flex flex-col gap-4">
      <Intro list={data} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <fieldset className="flex flex-wrap gap-1.5">
          <legend className="sr-only">Which raters</legend>
          {(['all', 'flagged', 'excluded'] as const).map((one) => (
            <Button
              key={one}
              size="sm"
              variant={one === filter ? 'primary' : 'secondary'}
              aria-pressed={one === filter}
              onClick={() => {
                setFilter(one);
                setPage(1);
              }}
            >
              {FILTER_LABELS[one]}
              <span className="tabular-nums opacity-75">
                {data.counts[one].toLocaleString('en')}
              </span>
            </Button>
          ))}
        </fieldset>
        <Pager
          label="Raters"
          page={page - 1}
          size={data.pageSize}
          total={data.counts[filter]}
          onChange={(next) => setPage(next + 1)}
        />
      </div>
      {/* What is there stays there while the connection is lost. */}
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      <Card isFlush>
        {data.counts[filter] === 0 ? (
          <p className="px-5 py-10 text-center text-sm text-ink-faint">
            {filter === 'flagged' ? 'No rater stands out.' : 'No rater is excluded.'}
          </p>
        ) : (
          <RaterTable
            raters={data.raters}
            canWrite={canWrite}
            onLook={(one) => setOpened({ rater: one.rater, dialog: 'look' })}
            onChange={(one) => setOpened({ rater: one.rater, dialog: 'change' })}
          />
        )}
      </Card>
      {rater && opened?.dialog === 'look' && (
        <RaterDialog
          rater={rater}
          asked={data}
          canWrite={canWrite}
          onChange={() => setOpened({ rater: rater.rater, dialog: 'change' })}
          onClose={close}
        />
      )}
      {rater && opened?.dialog === 'change' && (
        <ExclusionDialog address={address} rater={rater} onClose={close} />
      )}
    </div>
  );
}

const FILTER_LABELS: Readonly<Record<RaterFilter, string>> = {
  all: 'All',
  flagged: 'Flagged',
  excluded: 'Excluded',
};

function Intro({ list }: { list: RaterList }) {
  const { counts, lookedAt, isStale } = list;
  return (
    <div className="flex flex-col gap-1 text-sm text-ink-soft">
      <p className="max-w-3xl">
        {counts.flagged === 0
          ? 'No rater stands out. '
          : `${count(counts.flagged, 'rater')} of ${counts.all.toLocaleString('en')} answered in a way that asks for a look. `}
        A flag excludes nobody: honest raters get one now and then. You decide, and can undo it; the
        votes stay as they are.
      </p>
      <p className="text-ink-faint" aria-live="polite">
        {lookedAt !== null && (
          <>
            Looked at{' '}
            <time dateTime={lookedAt}>
              {new Date(lookedAt).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}
            </time>
            .{' '}
          </>
        )}
        {isStale && 'Newer votes or changes are being looked at.'}
      </p>
    </div>
  );
}

function NoRaters({ isWaiting }: { isWaiting: boolean }) {
  return (
    <EmptyState
      icon={<UserSearch />}
      title={isWaiting ? 'The raters are being looked at' : 'No rater yet'}
    >
      {isWaiting
        ? 'This page fills by itself in a moment.'
        : 'Whoever votes in this study appears here, with how they answer. Trial votes are left out.'}
    </EmptyState>
  );
}
