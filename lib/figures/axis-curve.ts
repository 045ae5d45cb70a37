import * as Plot from '@observablehq/plot';
import { type LegendEntry, layOutLegend } from './legend.ts';
import { numberText } from './number-text.ts';
import { AGGREGATE_STYLE, type SeriesStyle, seriesStyle } from './series-style.ts';
import {
  EDGE,
  FAINT,
  type FigureText,
  FONT_SIZE,
  HEADING_HEIGHT,
  MUTED,
  renderFigure,
} from './svg-figure.ts';
import { textWidth } from './text-width.ts';

/** One arm on a curve; the interval is left out where there is none. */
export interface CurvePoint {
  readonly level: number;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
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

export interface AxisCurve extends FigureText {
  /** With its unit, for example "Removed fraction (%)". */
  readonly xLabel: string;
  /** For example "Elo" or "Elo difference to the unfiltered arm". */
  readonly yLabel: string;
  readonly series: readonly CurveSeries[];
  /** A value to draw a line at, for example 0 for differences. */
  readonly reference?: number;
  /** What the legend calls controls. */
  readonly controlLabel?: string;
  /** In pixels; default 640. On a narrow screen draw narrower instead of shrinking the text. */
  readonly width?: number;
}

const DODGE = 7;
/** The end of an error bar. */
const CAP: Plot.SymbolType = {
  draw(context: CanvasPath) {
    context.moveTo(-3, 0);
    context.lineTo(3, 0);
  },
};
const MOST_LEVEL_TICKS = 9;

/** Draws values over an ordered level: a line a question and the aggregate, with error bars. */
export function axisCurve(figure: AxisCurve): string {
  const width = figure.width ?? 640;
  const styled = styleSeries(figure.series);
  const hasControls = figure.series.some(({ controls = [] }) => controls.length > 0);
  const entries: LegendEntry[] = styled.map(({ name, style }) => ({ name, style }));
  if (hasControls) {
    entries.push({
      name: figure.controlLabel ?? 'Control',
      style: { ...AGGREGATE_STYLE, color: MUTED },
      isPoint: true,
    });
  }
  const legend = layOutLegend(entries, width);
  const values = figure.series.flatMap(({ points, controls = [] }) =>
    [...points, ...controls].flatMap(({ value, low, high }) => [
      value,
      low ?? value,
      high ?? value,
    ]),
  );
  const marginTop = HEADING_HEIGHT + legend.height + 30;
  const marginLeft = 24 + widestTick(values);
  const marginBottom = 46;
  const inset = 14 + ((styled.length - 1) / 2) * DODGE;
  const levels = [
    ...new Set(
      figure.series.flatMap(({ points, controls = [] }) =>
        [...points, ...controls].map(({ level }) => level),
      ),
    ),
  ].sort((a, b) => a - b);
  return renderFigure(figure, {
    width,
    height: marginTop + marginBottom + Math.round(Math.min(300, Math.max(200, width * 0.5))),
    marginTop,
    marginLeft,
    marginBottom,
    marginRight: EDGE + 6,
    x: { label: null, insetLeft: inset, insetRight: inset },
    y: { label: null, nice: true, insetTop: 4, insetBottom: 4, ...domainOf(values) },
    marks: [
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks: 5 }),
      Plot.axisY({ ticks: 5, tickSize: 0, fontSize: FONT_SIZE, tickFormat: numberText }),
      Plot.axisX(thinned(levels, width - marginLeft), {
        tickSize: 5,
        fontSize: FONT_SIZE,
        tickFormat: numberText,
      }),
      ...axisLabels(figure, marginLeft),
      ...(figure.reference === undefined
        ? []
        : [Plot.ruleY([figure.reference], { stroke: MUTED })]),
      ...styled.flatMap((series, s) => seriesMarks(series, (s - (styled.length - 1) / 2) * DODGE)),
      ...legend.marks(marginLeft, marginTop),
    ],
  });
}

type StyledSeries = CurveSeries & { readonly style: SeriesStyle };

function styleSeries(series: readonly CurveSeries[]): StyledSeries[] {
  let questions = 0;
  return series.map((one) => ({
    ...one,
    style: one.isAggregate ? AGGREGATE_STYLE : seriesStyle(questions++),
  }));
}

function seriesMarks({ points, controls = [], style, isAggregate }: StyledSeries, dx: number) {
  const x = (point: CurvePoint) => point.level;
  const y = (point: CurvePoint) => point.value;
  const line = [...points].sort((a, b) => a.level - b.level);
  const bars = [...points, ...controls].filter(({ low, high }) => low !== null && high !== null);
  const low = (point: CurvePoint) => point.low;
  const high = (point: CurvePoint) => point.high;
  const tell = ({ name, level, value }: CurvePoint) => `${name}: ${value.toFixed(1)} at ${level}`;
  const bar = { stroke: style.color, strokeWidth: 1.5, dx };
  const dot = { x, y, dx, symbol: style.symbol, stroke: style.color, strokeWidth: 1.5, r: 4.5 };
  return [
    Plot.line(line, {
      x,
      y,
      dx,
      stroke: style.color,
      strokeWidth: isAggregate ? 2.5 : 2,
      ...(style.dash === null ? {} : { strokeDasharray: style.dash }),
    }),
    Plot.ruleX(bars, { x, y1: low, y2: high, ...bar }),
    ...[low, high].map((end) => Plot.dot(bars, { x, y: end, symbol: CAP, r: 3, ...bar })),
    Plot.dot(points, { ...dot, fill: style.color, title: tell }),
    Plot.dot(controls, { ...dot, fill: 'white', title: tell }),
  ];
}

function axisLabels({ xLabel, yLabel }: AxisCurve, marginLeft: number): Plot.Markish[] {
  return [
    Plot.text([xLabel], { frameAnchor: 'bottom', dy: 38, fontSize: FONT_SIZE, fill: MUTED }),
    Plot.text([yLabel], {
      frameAnchor: 'top-left',
      dx: EDGE - marginLeft,
      dy: -20,
      textAnchor: 'start',
      fontSize: FONT_SIZE,
      fill: MUTED,
    }),
  ];
}

function widestTick(values: readonly number[]): number {
  const texts = values.map((value) => numberText(Math.round(value)));
  return texts.reduce((most, text) => Math.max(most, textWidth(text, FONT_SIZE)), 20);
}

/** A single value, or none, still needs a scale. */
function domainOf(values: readonly number[]): { domain?: [number, number] } {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (low < high) return {};
  const middle = values.length > 0 ? low : 1000;
  return { domain: [middle - 10, middle + 10] };
}

/** The levels themselves as ticks, thinned out where there are many or they would touch. */
function thinned(levels: readonly number[], width: number): number[] {
  const span = (levels.at(-1) ?? 0) - (levels[0] ?? 0) || 1;
  const kept: number[] = [];
  const step = Math.ceil(levels.length / MOST_LEVEL_TICKS);
  levels.forEach((level, i) => {
    const last = kept.at(-1);
    const gap = last === undefined ? Infinity : ((level - last) / span) * width;
    const room = textWidth(numberText(level), FONT_SIZE) + 8;
    if (i % step === 0 && gap >= room) kept.push(level);
  });
  return kept;
}
