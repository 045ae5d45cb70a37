'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import type { CandidateRow, CandidateVideo, ImportKind } from '#lib/generation/schema.ts';
import { countOf } from '../import-words.ts';
import { PosterButton } from './poster-button.tsx';
import { type ShownVideo, VideoDialog } from './video-dialog.tsx';

const PAGE = 12;

/** Prompts down, models across: every accepted video by its poster, to be played by a press. */
export function CandidateGrid(props: {
  address: { project: string; import: string };
  kind: ImportKind;
}) {
  const { address, kind } = props;
  const [shown, setShown] = useState<ShownVideo | null>(null);
  const list = useInfiniteQuery(
    queries.imports.candidates.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...address,
        limit: PAGE,
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const [first] = list.data?.pages ?? [];
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const models = first?.models ?? [];
  return (
    <Card
      title={kind === 'video' ? 'Prompts and models' : 'Clips and captions'}
      description={
        first && kind === 'video'
          ? gapsText(first.prompts, models)
          : first && `${countOf(first.prompts, 'clip')}, ${countOf(models.length, 'captioner')}`
      }
      isFlush
    >
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && (
        <div className="px-5 pb-4">
          <SkeletonLines count={5} label="Loading the videos" />
        </div>
      )}
      {rows.length > 0 && (
        <div className="relative overflow-x-auto">
          <table className="w-full border-collapse text-left text-sm">
            <caption className="sr-only">Videos by prompt and model</caption>
            <thead>
              <tr className="border-y border-line bg-canvas text-xs text-ink-faint">
                <th scope="col" className="min-w-40 px-3 py-2 pl-5 font-medium">
                  {kind === 'video' ? 'Prompt' : 'Clip'}
                </th>
                {models.map(({ name, prompts }) => (
                  <th key={name} scope="col" className="px-2 py-2 font-medium last:pr-5">
                    <span className="text-ink-soft [overflow-wrap:anywhere]">{name}</span>{' '}
                    <span className="tabular-nums">{prompts.toLocaleString('en')}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.prompt} className="border-b border-line align-top last:border-b-0">
                  <th scope="row" className="max-w-72 px-3 py-3 pl-5 font-normal">
                    <PromptText row={row} />
                    {row.clip && (
                      <div className="mt-2">
                        <PosterButton
                          video={row.clip}
                          label={`Play the clip ${row.prompt}`}
                          onPress={(video) => setShown({ video, title: row.prompt })}
                        />
                      </div>
                    )}
                  </th>
                  {row.cells.map((cell) => (
                    <td key={cell.model} className="px-2 py-3 last:pr-5">
                      {cell.caption !== null && (
                        <p className="max-h-40 w-64 overflow-y-auto text-ink-soft">
                          {cell.caption}
                        </p>
                      )}
                      {cell.caption === null && cell.videos.length === 0 && (
                        <span className="text-ink-faint">none</span>
                      )}
                      <Takes
                        videos={cell.videos}
                        label={`${row.text}, by ${cell.model}`}
                        onPress={(video) =>
                          setShown({ video, title: `${cell.model}: ${row.text}` })
                        }
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage && (
        <div className="border-t border-line px-5 py-3">
          <Button
            size="sm"
            isBusy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show more {kind === 'video' ? 'prompts' : 'clips'}
          </Button>
        </div>
      )}
      <VideoDialog shown={shown} onClose={() => setShown(null)} />
    </Card>
  );
}

function PromptText({ row }: { row: CandidateRow }) {
  return (
    <>
      <p className="line-clamp-4 text-ink [overflow-wrap:anywhere]">{row.text}</p>
      {row.text !== row.prompt && (
        <p className="mt-0.5 line-clamp-1 text-xs text-ink-faint [overflow-wrap:anywhere]">
          {row.prompt}
        </p>
      )}
    </>
  );
}

const TAKES_SHOWN = 4;

function Takes(props: {
  videos: readonly CandidateVideo[];
  label: string;
  onPress: (video: CandidateVideo) => void;
}) {
  const { videos, label, onPress } = props;
  if (videos.length === 0) return null;
  return (
    <ul className="flex gap-1.5">
      {videos.slice(0, TAKES_SHOWN).map((video) => (
        <li key={video.id}>
          <PosterButton
            video={video}
            label={`Play ${label}${videos.length > 1 ? `, seed ${video.seed}` : ''}`}
            seed={videos.length > 1 ? video.seed : null}
            onPress={onPress}
          />
        </li>
      ))}
      {videos.length > TAKES_SHOWN && (
        <li className="self-center text-xs text-ink-faint">and {videos.length - TAKES_SHOWN}</li>
      )}
    </ul>
  );
}

function gapsText(prompts: number, models: readonly { name: string; prompts: number }[]): string {
  const gaps = models.filter((model) => model.prompts < prompts);
  const head = `${countOf(prompts, 'prompt')}, ${countOf(models.length, 'model')}.`;
  return gaps.length === 0
    ? `${head} Every model has every prompt.`
    : `${head} Not every prompt: ${gaps.map((model) => `${model.name} (${model.prompts})`).join(', ')}.`;
}
