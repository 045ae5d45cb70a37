'use client';

import { api } from '#lib/client/api.ts';
import type { FigureName, QuestionChoice, RankingMethod } from '#lib/reports/schema.ts';
import { DrawnFigure } from '../../../../../../_parts/drawn-figure.tsx';

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

/** A figure of the report. */
export function Figure({ version, ...input }: Shape) {
  return (
    <DrawnFigure
      figureKey={[input, version]}
      draw={(width) => api.reports.exportFigure({ ...input, format: 'svg', width })}
    />
  );
}
