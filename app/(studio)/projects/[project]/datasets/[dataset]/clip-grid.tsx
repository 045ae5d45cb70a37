'use client';

import { useState } from 'react';
import type { Clip, ClipPage } from '#lib/datasets/clips/schema.ts';
import { valueText } from '../value-text.ts';
import { ClipDialog } from './clip-dialog.tsx';
import { type ClipAddress, ClipPreview } from './clip-video.tsx';

export interface ClipGridProps {
  readonly address: Omit<ClipAddress, 'uid'>;
  readonly columns: ClipPage['columns'];
  readonly clips: readonly Clip[];
  /** The caption under each clip; none when left out. */
  readonly caption?: string | undefined;
  /** Numbers under each clip, the first one in bold. */
  readonly shown: readonly string[];
}

/** Clips side by side, each with its caption and numbers; a press shows it in full. */
export function ClipGrid({ address, columns, clips, caption, shown }: ClipGridProps) {
  const [open, setOpen] = useState<number | null>(null);
  return (
    <>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(14rem,1fr))] sm:gap-4">
        {clips.map((clip, index) => {
          const text = caption === undefined ? null : (clip.values[caption] ?? null);
          return (
            <li
              key={clip.uid}
              className="flex min-w-0 flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-card"
            >
              <ClipPreview
                clip={{ ...address, uid: clip.uid }}
                label={`Open clip ${index + 1}: ${text ?? clip.path}`}
                onPress={() => setOpen(index)}
              />
              <div className="flex flex-col gap-1.5 px-3 py-2.5 text-sm">
                <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-ink-faint tabular-nums">
                  {shown.map((name, place) => (
                    <span key={name} className="max-w-full truncate">
                      {name}{' '}
                      <span className={place === 0 ? 'font-semibold text-ink' : 'text-ink-soft'}>
                        {valueText(clip.values[name])}
                      </span>
                    </span>
                  ))}
                </p>
                {caption !== undefined && (
                  <p className="line-clamp-3 [overflow-wrap:anywhere]">
                    {text ?? <span className="text-ink-faint">no {caption} caption</span>}
                  </p>
                )}
                {caption === undefined && (
                  <p className="line-clamp-1 text-xs text-ink-faint [overflow-wrap:anywhere]">
                    {clip.path}
                  </p>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      <ClipDialog address={address} columns={columns} clips={clips} index={open} onMove={setOpen} />
    </>
  );
}
