'use client';

import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import type { Grid } from '#lib/studies/overview/schema.ts';
import { GridCell, type GridView } from './grid-cell.tsx';

interface Shape {
  prompt: Grid['prompts'][number];
  arms: readonly { name: string; position: number }[];
  view: GridView;
  kind: Grid['kind'];
  /** Width of a video over its height. */
  ratio: number;
}

/** One prompt and all arms; the pointer over it plays all its videos in step. */
export function PromptRow({ prompt, arms, view, kind, ratio }: Shape) {
  // When the row began to play, on the page's clock; null while it stands still.
  const [startedAt, setStartedAt] = useState<number | null>(null);
  const [isHeld, setHeld] = useState(false);
  const start = () => setStartedAt((before) => before ?? performance.now());
  const stop = () => setStartedAt(null);
  const byArm = Map.groupBy(prompt.renditions, (rendition) => rendition.arm);
  const clip = kind === 'caption' ? prompt.renditions[0] : undefined;
  return (
    <Card>
      <header className="mb-4 flex items-start justify-between gap-4">
        <div className="min-w-0">
          <p className="text-sm font-medium [overflow-wrap:anywhere]">
            <span className="mr-2 font-mono text-xs font-normal text-ink-faint">{prompt.key}</span>
            {prompt.text || <span className="text-ink-faint">{kind === 'video' && 'no text'}</span>}
          </p>
          {prompt.motion && <p className="text-sm text-ink-soft">Motion: {prompt.motion}</p>}
          {prompt.imageUrls.length > 0 && (
            <div className="mt-2 flex flex-wrap gap-2">
              {prompt.imageUrls.map((url) => (
                // biome-ignore lint/performance/noImgElement: served by our own route, no optimiser
                <img
                  key={url}
                  src={url}
                  alt="Given with the prompt"
                  className="h-20 rounded-md bg-sunken"
                />
              ))}
            </div>
          )}
        </div>
        {view === 'poster' && (
          <Button
            size="sm"
            icon={isHeld ? <Pause aria-hidden /> : <Play aria-hidden />}
            aria-label={`${isHeld ? 'Stop' : 'Play'} the videos of ${prompt.key}`}
            onClick={() => {
              setHeld(!isHeld);
              if (isHeld) stop();
              else start();
            }}
          >
            {isHeld ? 'Stop' : 'Play'}
          </Button>
        )}
      </header>
      <div
        onPointerEnter={(event) => event.pointerType === 'mouse' && view === 'poster' && start()}
        onPointerLeave={() => !isHeld && stop()}
      >
        {clip && (
          <div className="mb-4 max-w-72">
            <GridCell rendition={clip} view={view} ratio={ratio} startedAt={startedAt} />
          </div>
        )}
        <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(13rem,100%),1fr))] gap-4">
          {arms.flatMap((arm) => {
            const renditions = byArm.get(arm.position) ?? [undefined];
            return renditions.map((rendition) => (
              <li key={`${arm.position} ${rendition?.take ?? 0}`} className="min-w-0">
                {kind === 'caption' ? (
                  <Caption text={rendition?.text ?? null} />
                ) : (
                  <GridCell rendition={rendition} view={view} ratio={ratio} startedAt={startedAt} />
                )}
                <p className="mt-1.5 truncate text-sm text-ink-soft" title={arm.name}>
                  {arm.name}
                  {renditions.length > 1 && rendition && (
                    <span className="text-ink-faint"> · take {rendition.take + 1}</span>
                  )}
                </p>
              </li>
            ));
          })}
        </ul>
      </div>
    </Card>
  );
}

function Caption({ text }: { text: string | null }) {
  return (
    <blockquote className="max-h-48 overflow-y-auto rounded-lg bg-sunken px-3 py-2 text-sm [overflow-wrap:anywhere]">
      {text ?? <span className="text-bad">No caption</span>}
    </blockquote>
  );
}
