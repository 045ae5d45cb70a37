'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ErrorNotice } from '#components/notices.tsx';
import { Skeleton } from '#components/skeleton.tsx';

interface Shape {
  /** Changes when the figure does. */
  figureKey: readonly unknown[];
  /** Has it drawn as SVG at a width in pixels. */
  draw: (width: number) => Promise<Blob>;
}

/** Drawn anew at this step of widths, so that text keeps its size on every screen. */
const WIDTH_STEP = 40;

/** A figure, drawn by the server as in the export, at the width that is there. */
export function DrawnFigure({ figureKey, draw }: Shape) {
  const [frame, width] = useWidth();
  const figure = useQuery({
    queryKey: ['figure', ...figureKey, width],
    queryFn: async () => (await draw(width ?? 720)).text(),
    enabled: width !== null,
    placeholderData: keepPreviousData,
  });
  return (
    <div ref={frame} className="min-h-40 overflow-x-auto">
      {figure.isPending && <Skeleton className="h-64 w-full" />}
      <ErrorNotice error={figure.error} onRetry={() => void figure.refetch()} />
      {figure.data !== undefined && (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own server, names escaped
        <div className="w-fit" dangerouslySetInnerHTML={{ __html: figure.data }} />
      )}
    </div>
  );
}

function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number | null>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const room = Math.min(1200, Math.floor(element.clientWidth / WIDTH_STEP) * WIDTH_STEP);
      setWidth(Math.max(280, room));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [frame, width] as const;
}
