import { axisCurve } from './axis-curve.ts';
import type { CurvePoint } from './curve-data.ts';
import { compactText } from './number-text.ts';
import type { FigureText } from './svg-figure.ts';

/** Models that differ in their initialisation, compared at each training step. */
export interface StepGains extends FigureText {
  /** For example "Training steps". */
  readonly xLabel: string;
  /** For example "Elo gain over the lowest at that step". */
  readonly yLabel: string;
  /** A line a series; `level` is the training step, `value` the gain. */
  readonly series: readonly { readonly name: string; readonly points: readonly CurvePoint[] }[];
  readonly width?: number;
}

/** Draws the Elo gain over the lowest series at each training step, a line a series. */
export function stepGains(figure: StepGains): string {
  return axisCurve({
    ...figure,
    reference: 0,
    referenceLabel: 'lowest',
    levelText: compactText,
    series: figure.series.map(({ name, points }) => ({ name, points, isAggregate: false })),
  });
}
