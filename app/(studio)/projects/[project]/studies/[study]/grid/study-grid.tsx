'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Grid3x3 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/button.tsx';
import { Field } from '#components/field.tsx';
import { Input, Select } from '#components/input.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import { Pager } from '../../pager.tsx';
import type { StudyAddress } from '../../study-address.ts';
import { studyQuery } from '../study-query.ts';
import type { GridView } from './grid-cell.tsx';
import { PromptRow } from './prompt-row.tsx';

/** Videos on a page, about; one prompt at least. */
const CELLS_A_PAGE = 60;
const MOST_PROMPTS = 10;
const LIVE_MS = 4_000;

/** Every prompt with what each arm made of it, to look over before raters do. */
export function StudyGrid({ address }: { address: StudyAddress }) {
  const [page, setPage] = useState(0);
  const [view, setView] = useState<GridView>('poster');
  const [filter, setFilter] = useState('');
  const arms = useQuery(studyQuery(address)).data?.arms.length;
  const size = Math.max(1, Math.min(MOST_PROMPTS, Math.floor(CELLS_A_PAGE / (arms ?? 1))));
  const grid = useQuery({
    ...queries.studies.grid.queryOptions({
      input: { ...address, offset: page * size, limit: size },
      placeholderData: keepPreviousData,
      refetchInterval: ({ state: { data } }) =>
        data?.prompts.some((prompt) => prompt.renditions.some((one) => one.state === 'waiting'))
          ? LIVE_MS
          : false,
    }),
    enabled: arms !== undefined,
  });
  if (grid.isError && !grid.data)
    return <ErrorNotice error={grid.error} onRetry={() => void grid.refetch()} />;
  if (!grid.data) return <LoadingGrid />;
  const { prompts, totalPrompts, kind } = grid.data;
  const wanted = filter.trim().toLowerCase();
  const shown = grid.data.arms
    .map((arm, position) => ({ ...arm, position }))
    .filter((arm) => arm.name.toLowerCase().includes(wanted));
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-end gap-4">
        {kind === 'video' && (
          <div className="w-44">
            <Field label="Show">
              <Select
                value={view}
                onChange={(event) => setView(event.target.value === 'sheet' ? 'sheet' : 'poster')}
              >
                <option value="poster">Videos</option>
                <option value="sheet">Contact sheets</option>
              </Select>
            </Field>
          </div>
        )}
        <div className="w-56">
          <Field label="Arms">
            <Input
              type="search"
              placeholder="Part of a name"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          </Field>
        </div>
        <div className="ml-auto">
          <Pager label="Prompts" page={page} size={size} total={totalPrompts} onChange={setPage} />
        </div>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon={<Grid3x3 />}
          title="No arm has this in its name"
          action={<Button onClick={() => setFilter('')}>Show all arms</Button>}
        />
      ) : (
        prompts.map((prompt) => (
          <PromptRow
            key={prompt.position}
            prompt={prompt}
            arms={shown}
            view={view}
            kind={kind}
            ratio={grid.data.width / grid.data.height}
          />
        ))
      )}
      {totalPrompts > size && (
        <div className="flex justify-end">
          <Pager label="Prompts" page={page} size={size} total={totalPrompts} onChange={setPage} />
        </div>
      )}
    </div>
  );
}

function LoadingGrid() {
  return (
    <div role="status" className="flex flex-col gap-5">
      <span className="sr-only">Loading the grid</span>
      <Skeleton className="h-10 w-96 max-w-full" />
      <Skeleton className="h-48 rounded-xl" />
      <Skeleton className="h-48 rounded-xl" />
    </div>
  );
}
