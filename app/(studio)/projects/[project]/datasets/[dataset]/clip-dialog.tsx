'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Dialog } from '#components/dialog.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import type { Clip, ClipPage } from '#lib/datasets/clips/schema.ts';
import { valueText } from '../value-text.ts';
import { type ClipAddress, clipSource } from './clip-video.tsx';

export interface ClipDialogProps {
  readonly address: Omit<ClipAddress, 'uid'>;
  readonly columns: ClipPage['columns'];
  readonly clips: readonly Clip[];
  /** Which of the clips is shown; null for none. */
  readonly index: number | null;
  readonly onMove: (index: number | null) => void;
}

/** One clip in full: its video, every caption, every number. Arrow keys go to its neighbours. */
export function ClipDialog({ address, columns, clips, index, onMove }: ClipDialogProps) {
  const clip = index === null ? undefined : clips[index];
  const step = (by: number) => {
    if (index !== null && clips[index + by] !== undefined) onMove(index + by);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // In the player the arrows wind.
    if (event.target instanceof HTMLVideoElement) return;
    if (event.key === 'ArrowLeft') step(-1);
    if (event.key === 'ArrowRight') step(1);
  };
  return (
    <Dialog title="Clip" isOpen={clip !== undefined} onClose={() => onMove(null)} isWide>
      {clip && index !== null && (
        // biome-ignore lint/a11y/noStaticElementInteractions: keys of the dialog, which has the focus
        <div onKeyDown={onKeyDown} className="flex flex-col gap-4">
          <ClipPlayer key={clip.uid} source={clipSource({ ...address, uid: clip.uid })} />
          <div className="flex items-center justify-between gap-3">
            <Button
              size="sm"
              icon={<ChevronLeft aria-hidden />}
              disabled={index === 0}
              onClick={() => step(-1)}
            >
              Previous
            </Button>
            <span className="text-sm text-ink-faint tabular-nums">
              {index + 1} of {clips.length} here
            </span>
            <Button size="sm" disabled={index === clips.length - 1} onClick={() => step(1)}>
              Next
              <ChevronRight aria-hidden />
            </Button>
          </div>
          <ClipFacts clip={clip} columns={columns} />
        </div>
      )}
    </Dialog>
  );
}

function ClipPlayer({ source }: { source: string }) {
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken)
    return (
      <ErrorNotice
        error={
          new Error(
            'The video can not be shown: its file is gone, lies outside of the folders that may be read (WINNOW_IMPORT_ROOTS), or is of a kind that this browser does not play.',
          )
        }
      />
    );
  return (
    <video
      src={source}
      controls
      autoPlay
      muted
      loop
      playsInline
      onError={() => setIsBroken(true)}
      className="max-h-[50vh] w-full rounded-lg bg-ink"
    />
  );
}

function ClipFacts({ clip, columns }: { clip: Clip; columns: ClipPage['columns'] }) {
  const of = (...kinds: string[]) => columns.filter(({ kind }) => kinds.includes(kind));
  return (
    <>
      <dl className="flex flex-col gap-3 text-sm">
        {of('caption').map(({ name }) => (
          <div key={name}>
            <dt className="text-ink-faint [overflow-wrap:anywhere]">{name}</dt>
            <dd className="max-h-40 overflow-y-auto [overflow-wrap:anywhere]">
              {valueText(clip.values[name])}
            </dd>
          </div>
        ))}
      </dl>
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(8rem,1fr))] gap-x-4 gap-y-2 text-sm">
        {of('score', 'number', 'text', 'key').map(({ name }) => (
          <div key={name} className="min-w-0">
            <dt className="truncate text-ink-faint" title={name}>
              {name}
            </dt>
            <dd className="tabular-nums [overflow-wrap:anywhere]">
              {valueText(clip.values[name])}
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-xs text-ink-faint [overflow-wrap:anywhere]">
        {clip.path}
        <br />
        uid {clip.uid}
      </p>
    </>
  );
}
