'use client';

import { CircleAlert, LoaderCircle } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { GridRendition } from '#lib/studies/overview/schema.ts';

/** The video itself, or its contact sheet. */
export type GridView = 'poster' | 'sheet';

interface Shape {
  rendition: GridRendition | undefined;
  view: GridView;
  ratio: number;
  startedAt: number | null;
}

/** One video: its poster, its contact sheet, or itself while the row plays; or why it is missing. */
export function GridCell({ rendition, view, ratio, startedAt }: Shape) {
  const [frame, isVisible] = useVisible();
  return (
    <div
      ref={frame}
      className="relative grid place-items-center overflow-hidden rounded-lg bg-sunken text-sm text-ink-faint"
      // A contact sheet is four frames wide and two high.
      style={{ aspectRatio: view === 'sheet' ? ratio * 2 : ratio }}
    >
      {!rendition && <Missing text="No video" />}
      {rendition?.state === 'failed' && <Missing text={rendition.reason ?? 'It failed'} />}
      {rendition?.state === 'waiting' && (
        <span className="flex items-center gap-2">
          <LoaderCircle aria-hidden className="size-4 animate-spin" />
          Being made
        </span>
      )}
      {rendition?.state === 'ready' && (
        // biome-ignore lint/performance/noImgElement: served by our own route, no optimiser
        <img
          src={(view === 'sheet' ? rendition.sheetUrl : rendition.posterUrl) ?? undefined}
          alt=""
          loading="lazy"
          className="absolute inset-0 size-full object-cover"
        />
      )}
      {rendition?.videoUrl && startedAt !== null && isVisible && view === 'poster' && (
        <SyncedVideo url={rendition.videoUrl} startedAt={startedAt} />
      )}
    </div>
  );
}

function Missing({ text }: { text: string }) {
  return (
    <span className="flex max-h-full items-start gap-1.5 overflow-y-auto p-2 text-xs text-bad">
      <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
      <span className="[overflow-wrap:anywhere]">{text}</span>
    </span>
  );
}

/** Plays from where the row's clock stands, so that all its videos show the same moment. */
function SyncedVideo({ url, startedAt }: { url: string; startedAt: number }) {
  return (
    <video
      src={url}
      muted
      loop
      playsInline
      preload="auto"
      className="absolute inset-0 size-full object-cover"
      onCanPlay={({ currentTarget: video }) => {
        if (!video.paused) return;
        const seconds = (performance.now() - startedAt) / 1000;
        video.currentTime = video.duration > 0 ? seconds % video.duration : 0;
        // A browser that refuses to play still shows the frame.
        video.play().catch(() => undefined);
      }}
    />
  );
}

function useVisible() {
  const frame = useRef<HTMLDivElement>(null);
  const [isVisible, setVisible] = useState(false);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new IntersectionObserver(([entry]) =>
      setVisible(entry?.isIntersecting ?? false),
    );
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  return [frame, isVisible] as const;
}
