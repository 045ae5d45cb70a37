import { svgToPng } from '#lib/platform/raster.ts';
import { inThread } from '#lib/platform/threads/in-thread.ts';
import type { QuestionChoice } from '../schema.ts';
import { drawFigure, type FigureSource } from './draw-figure.ts';

/** PNG at twice the size, for print and dense screens. */
const PNG_SCALE = 2;

export interface FigureInput {
  readonly source: FigureSource;
  readonly question: QuestionChoice;
  /** In pixels. */
  readonly width: number;
  readonly format: 'svg' | 'png';
}

/** Draws a figure of a report as a file's content. */
export const run = inThread(
  ({ source, question, width, format }: FigureInput): string | Uint8Array<ArrayBuffer> => {
    const svg = drawFigure(source, question, width);
    return format === 'svg' ? svg : svgToPng(svg, PNG_SCALE);
  },
);
