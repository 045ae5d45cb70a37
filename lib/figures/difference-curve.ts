import { axisCurve } from './axis-curve.ts';
import type { CurveSeries } from './curve-data.ts';
import { compactText } from './number-text.ts';
import type { FigureText } from './svg-figure.ts';

/** Differences of the arms on an axis to its reference arm. */
export interface DifferenceCurve extends FigureText {
  readonly xLabel: string;
  /** For example "Elo difference to all clips". */
  readonly yLabel: string;
  /** With `jointLow` and `jointHigh` where a band is to be drawn; the reference is a point at 0. */
  readonly series: readonly CurveSeries[];
  /** What the line at zero is, for example "unfiltered". */
  readonly referenceLabel: string;
  readonly controlLabel?: string;
  /** How many clips each level keeps, for a second scale; none where nothing is known. */
  readonly clips?: readonly { readonly level: number; readonly clips: number }[];
  readonly width?: number;
}

/** Draws how much better or worse than the reference each level is, with clips kept on top. */
export function differenceCurve(figure: DifferenceCurve): string {
  const { clips = [], ...rest } = figure;
  const hasBand = figure.series.some(({ points }) =>
    points.some(({ jointLow = null }) => jointLow !== null && jointLow !== 0),
  );
  return axisCurve({
    ...rest,
    reference: 0,
    ...(hasBand ? { bandLabel: bandLabel(figure.series) } : {}),
    ...(clips.length === 0
      ? {}
      : {
          upper: {
            label: 'Clips kept',
            ticks: clips.map(({ level, clips: kept }) => ({ level, text: compactText(kept) })),
          },
        }),
  });
}

/** Names the band after the line that it belongs to, where there are several. */
export function bandLabel(series: readonly CurveSeries[]): string {
  const aggregate = series.find(({ isAggregate }) => isAggregate);
  return series.length > 1 && aggregate
    ? `95 % for all levels at once, ${lowerFirst(aggregate.name)}`
    : '95 % for all levels at once';
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
