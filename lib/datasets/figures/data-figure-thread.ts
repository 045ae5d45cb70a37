import { svgToPng } from '#lib/platform/raster.ts';
import { inThread } from '#lib/platform/threads/in-thread.ts';
import { type DataFigure, drawData } from './draw-data.ts';

/** PNG at twice the size, for print and dense screens. */
const PNG_SCALE = 2;

export interface DataFigureInput {
  readonly source: DataFigure;
  /** In pixels. */
  readonly width: number;
  readonly format: 'svg' | 'png';
}

/** Draws a figure of a dataset as a file's content. */
export const run = inThread(
  ({ source, width, format }: DataFigureInput): string | Uint8Array<ArrayBuffer> => {
    const svg = drawData(source, width);
    return format === 'svg' ? svg : svgToPng(svg, PNG_SCALE);
  },
);
