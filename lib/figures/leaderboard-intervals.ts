import * as Plot from '@observablehq/plot';
import { numberText } from './number-text.ts';
import {
  EDGE,
  FAINT,
  type FigureText,
  FONT_SIZE,
  HEADING_HEIGHT,
  INK,
  MUTED,
  renderFigure,
} from './svg-figure.ts';
import { ellipsize, textWidth } from './text-width.ts';

/** One arm with its rating; the interval is left out where there is none. */
export interface LeaderboardRow {
  readonly name: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Drawn hollow and pale. */
  readonly isProvisional: boolean;
}

export interface LeaderboardIntervals extends FigureText {
  /** Of the ratings with their interval, for example "Elo, 95 % interval". */
  readonly xLabel: string;
  /** Drawn best first, whatever their order. */
  readonly rows: readonly LeaderboardRow[];
  /** What hollow dots are called; told where there is one. */
  readonly provisionalLabel?: string;
  /** In pixels; default 640. On a narrow screen draw narrower instead of shrinking the text. */
  readonly width?: number;
}

const ROW_HEIGHT = 26;
const NARROW = 480;

/** Draws ratings as dots with their intervals, one row an arm, best on top, numbers beside. */
export function leaderboardIntervals(figure: LeaderboardIntervals): string {
  const width = figure.width ?? 640;
  const isNarrow = width < NARROW;
  const rows = [...figure.rows]
    .sort((a, b) => b.value - a.value)
    .map((row, place) => ({ ...row, place, number: numberOf(row, isNarrow) }));
  const xLabel = rows.some(({ isProvisional }) => isProvisional)
    ? `${figure.xLabel} (○ ${figure.provisionalLabel ?? 'provisional'})`
    : figure.xLabel;
  const widest = (texts: readonly string[]) =>
    texts.reduce((most, text) => Math.max(most, textWidth(text, FONT_SIZE)), 0);
  const labelRoom = Math.min(widest(rows.map(({ name }) => name)) + 4, width * 0.36);
  const marginLeft = EDGE + labelRoom + 8;
  const marginRight = EDGE + widest(rows.map(({ number }) => number)) + 8;
  const marginTop = HEADING_HEIGHT + 4;
  const marginBottom = 46;
  const bars = rows.filter(({ low, high }) => low !== null && high !== null);
  const ends = rows.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const isFlat = Math.min(...ends) >= Math.max(...ends);
  const middle = ends[0] ?? 1000;
  type Row = (typeof rows)[number];
  const color = ({ isProvisional }: Row) => (isProvisional ? '#a1a1aa' : INK);
  const y = ({ place }: Row) => place;
  const tell = (row: Row) => `${row.name}: ${numberOf(row, false)}`;
  return renderFigure(figure, {
    width,
    height: marginTop + marginBottom + Math.max(1, rows.length) * ROW_HEIGHT,
    marginTop,
    marginRight,
    marginBottom,
    marginLeft,
    x: {
      label: null,
      nice: true,
      insetLeft: 8,
      insetRight: 8,
      ...(isFlat ? { domain: [middle - 10, middle + 10] } : {}),
    },
    y: { label: null, type: 'band', axis: null, domain: rows.map(({ place }) => place) },
    marks: [
      Plot.gridX({ stroke: FAINT, strokeOpacity: 1, ticks: isNarrow ? 3 : 6 }),
      Plot.axisX({
        ticks: isNarrow ? 3 : 6,
        tickSize: 0,
        fontSize: FONT_SIZE,
        tickFormat: numberText,
      }),
      Plot.text([xLabel], {
        frameAnchor: 'bottom',
        dy: 38,
        fontSize: FONT_SIZE,
        fill: MUTED,
      }),
      Plot.text(rows, {
        y,
        text: ({ name }) => ellipsize(name, labelRoom, FONT_SIZE),
        title: ({ name }) => name,
        frameAnchor: 'left',
        dx: EDGE - marginLeft,
        textAnchor: 'start',
        fontSize: FONT_SIZE,
      }),
      Plot.link(bars, {
        x1: ({ low }) => low,
        x2: ({ high }) => high,
        y1: y,
        y2: y,
        stroke: color,
        strokeWidth: 2,
      }),
      Plot.tickX(
        bars.flatMap((row) => [
          { ...row, end: row.low },
          { ...row, end: row.high },
        ]),
        { x: 'end', y, stroke: color, strokeWidth: 1.5, insetTop: 8, insetBottom: 8 },
      ),
      Plot.dot(rows, {
        x: ({ value }) => value,
        y,
        r: 4.5,
        fill: (row) => (row.isProvisional ? 'white' : INK),
        stroke: color,
        strokeWidth: 1.5,
        title: tell,
      }),
      Plot.text(rows, {
        y,
        text: ({ number }) => number,
        frameAnchor: 'right',
        dx: marginRight - EDGE,
        textAnchor: 'end',
        fontSize: FONT_SIZE,
        fill: MUTED,
      }),
    ],
    // Colours are given as they are, not by a scale.
    color: { type: 'identity' },
  });
}

function numberOf({ value, low, high }: LeaderboardRow, isShort: boolean): string {
  const whole = (number: number) => number.toFixed(0);
  return isShort || low === null || high === null
    ? whole(value)
    : `${whole(value)} (${whole(low)} to ${whole(high)})`;
}
