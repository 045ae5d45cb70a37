'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, SearchX } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { Button } from '#components/button.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import { type ClipPage, MOST_LISTED } from '#lib/datasets/clips/schema.ts';
import { ClipGrid } from '../clip-grid.tsx';
import { type ClipQuery, PAGE, parseClipQuery, writeClipQuery } from './clip-query.ts';
import { FilterBar } from './filter-bar.tsx';

/** Numbers under a clip, beside the one that it is sorted by. */
const MOST_SHOWN = 3;

/** The clips of a dataset version; the address keeps what is looked at. */
export function ClipBrowser({ project, dataset }: { project: string; dataset: string }) {
  const router = useRouter();
  const query = parseClipQuery(useSearchParams());
  const base = `/projects/${project}/datasets`;
  const { version, contains, containsIn, sort, direction, offset } = query;
  const filter = {
    project,
    dataset,
    ...(version === undefined ? {} : { version }),
    ranges: [...query.ranges],
    ...(contains === '' ? {} : { contains, ...(containsIn === undefined ? {} : { containsIn }) }),
  };
  const list = useQuery(
    queries.clips.list.queryOptions({
      input: { ...filter, ...(sort === undefined ? {} : { sort }), direction, limit: PAGE, offset },
      placeholderData: keepPreviousData,
      // A search that takes too long takes as long again.
      retry: false,
      staleTime: 60_000,
    }),
  );
  const count = useQuery(
    queries.clips.count.queryOptions({ input: filter, retry: false, staleTime: 60_000 }),
  );
  const go = (change: Partial<ClipQuery>) => {
    const { sort: nextSort, ...next } = { ...query, offset: 0, ...change };
    const changed = nextSort === undefined || nextSort === '' ? next : { ...next, sort: nextSort };
    router.push(`${base}/${dataset}/clips${writeClipQuery(changed)}`, { scroll: false });
  };
  const page = list.data;
  return (
    <>
      <PageHeader
        title="Clips"
        crumbs={[
          { href: base, label: 'Datasets' },
          { href: `${base}/${dataset}${version ? `?version=${version}` : ''}`, label: dataset },
        ]}
        description={countText(count.data)}
      />
      <div className="flex flex-col gap-6">
        {page && <FilterBar query={query} columns={page.columns} onChange={go} />}
        <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
        {list.isError && !page && (
          <div>
            <Button onClick={() => router.push(`${base}/${dataset}/clips`)}>Show all clips</Button>
          </div>
        )}
        <ErrorNotice title="The clips could not be counted" error={count.error} />
        {list.isPending && <LoadingClips />}
        {page && page.clips.length === 0 && !list.isError && (
          <EmptyState
            icon={<SearchX />}
            title="No clip is like this"
            action={<Button onClick={() => go({ ranges: [], contains: '' })}>Show all</Button>}
          >
            Take away a filter or widen a range.
          </EmptyState>
        )}
        {page && page.clips.length > 0 && !list.isError && (
          <div
            aria-busy={list.isPlaceholderData}
            className={list.isPlaceholderData ? 'opacity-60 transition-opacity' : ''}
          >
            <ClipGrid
              address={{ project, dataset, version: page.version }}
              columns={page.columns}
              clips={page.clips}
              caption={captionOf(page.columns, query.caption)}
              shown={shownNumbers(page.columns, sort)}
            />
          </div>
        )}
        {page && (offset > 0 || page.hasMore) && (
          <nav aria-label="Pages" className="flex items-center justify-between gap-3">
            <Button
              icon={<ChevronLeft aria-hidden />}
              disabled={offset === 0}
              onClick={() => go({ offset: Math.max(0, offset - PAGE) })}
            >
              Before
            </Button>
            <span className="text-sm text-ink-faint tabular-nums">
              {(offset + 1).toLocaleString('en')} to{' '}
              {(offset + page.clips.length).toLocaleString('en')}
            </span>
            <Button disabled={!page.hasMore} onClick={() => go({ offset: offset + PAGE })}>
              After
              <ChevronRight aria-hidden />
            </Button>
          </nav>
        )}
        {page && offset + PAGE >= MOST_LISTED && (
          <p className="text-sm text-ink-faint">
            The first {MOST_LISTED.toLocaleString('en')} clips can be looked at; a range reaches the
            others.
          </p>
        )}
      </div>
    </>
  );
}

function countText(count: { clips: number; of: number } | undefined): string {
  if (!count) return 'Counting the clips';
  const all = `${count.of.toLocaleString('en')} clips`;
  return count.clips === count.of ? all : `${count.clips.toLocaleString('en')} of ${all}`;
}

function captionOf(columns: ClipPage['columns'], wished: string | undefined): string | undefined {
  const captions = columns.filter(({ kind }) => kind === 'caption').map(({ name }) => name);
  return captions.find((name) => name === wished) ?? captions[0];
}

/** The number that is sorted by comes first. */
function shownNumbers(columns: ClipPage['columns'], sort: string | undefined): string[] {
  const scores = columns.filter(({ kind }) => kind === 'score').map(({ name }) => name);
  const others = scores.filter((name) => name !== sort);
  return [...(sort === undefined ? [] : [sort]), ...others].slice(0, MOST_SHOWN);
}

function LoadingClips() {
  return (
    <div
      role="status"
      className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(14rem,1fr))] sm:gap-4"
    >
      <span className="sr-only">Loading the clips</span>
      {Array.from({ length: 8 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the shapes never move
        <Skeleton key={index} className="aspect-[4/3] w-full" />
      ))}
    </div>
  );
}
