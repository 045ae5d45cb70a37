'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ErrorNotice } from '#components/notices.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { api } from '#lib/client/api.ts';
import type { FigureName, QuestionChoice, RankingMethod } from '#lib/reports/schema.ts';

interface Shape {
  project: string;
  study: string;
  revision?: number | undefined;
  snapshot?: number | undefined;
  figure: FigureName;
  question: QuestionChoice;
  method: RankingMethod;
  metric?: string;
  /** Changes when the figure does. */
  version: string;
}

/** Drawn anew at this step of widths, so that text keeps its size on every screen. */
const WIDTH_STEP = 40;

/** A figure of the report, drawn by the server as in the export, at the width that is there. */
export function Figure({ version, ...input }: Shape) {
  const [frame, width] = useWidth();
  const figure = useQuery({
    queryKey: ['figure', input, version, width],
    queryFn: async () => {
      const file = await api.reports.exportFigure({ ...input, format: 'svg', width: width ?? 720 });
      return file.text();
    },
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
