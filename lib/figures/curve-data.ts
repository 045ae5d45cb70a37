/** One arm on a curve; the interval is left out where there is none. */
export interface CurvePoint {
  readonly level: number;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** The interval that holds for all points of the line at once. */
  readonly jointLow?: number | null;
  readonly jointHigh?: number | null;
  /** The arm's name, told on hovering. */
  readonly name: string;
}

/** The curve of one question, or of their mean. */
export interface CurveSeries {
  readonly name: string;
  readonly isAggregate: boolean;
  readonly points: readonly CurvePoint[];
  /** Points off the curve, drawn hollow: a control such as a random drop at the same level. */
  readonly controls?: readonly CurvePoint[];
}

/** What curves over a level have in common; drawn alone or as one of several panels. */
export interface Curve {
  /** With its unit, for example "Removed fraction (%)". */
  readonly xLabel: string;
  /** For example "Elo" or "Elo difference to the unfiltered arm". */
  readonly yLabel: string;
  readonly series: readonly CurveSeries[];
  /** A value to draw a line at, for example 0 for differences. */
  readonly reference?: number;
  /** What the line at the reference is, for example "unfiltered". */
  readonly referenceLabel?: string | undefined;
  /** What the legend calls controls. */
  readonly controlLabel?: string;
  /** What the legend calls the joint band, which is drawn for the aggregate or the only line. */
  readonly bandLabel?: string;
  /** A second scale on top: what belongs to a level, such as how many clips are kept there. */
  readonly upper?: {
    readonly label: string;
    readonly ticks: readonly { readonly level: number; readonly text: string }[];
  };
  /** How levels are written at the ticks; default as plain numbers. */
  readonly levelText?: (level: number) => string;
}
