import { curveOptions } from './curve.ts';
import type { Curve } from './curve-data.ts';
import { type FigureText, renderFigure } from './svg-figure.ts';

export interface AxisCurve extends Curve, FigureText {
  /** In pixels; default 640. On a narrow screen draw narrower instead of shrinking the text. */
  readonly width?: number;
}

/** Below this the names of lines go into a legend: beside the lines they would leave no room. */
const ROOM_FOR_NAMES = 560;

/** Draws values over an ordered level: a line a question and the aggregate, with error bars. */
export function axisCurve(figure: AxisCurve): string {
  const width = figure.width ?? 640;
  const names = width < ROOM_FOR_NAMES ? 'legend' : 'ends';
  return renderFigure(figure, curveOptions(figure, { width, names }));
}
