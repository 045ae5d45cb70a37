import * as Plot from '@observablehq/plot';
import { xTitle } from './axis-title.ts';
import { type LegendEntry, layOutLegend } from './legend.ts';
import { numberText } from './number-text.ts';
import {
  BAND_EDGE,
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

/** A bar under a row's dot, for what the value ranges over. */
export interface RowRange {
  readonly low: number;
  readonly high: number;
  /** Filled or only outlined, so that two kinds are told apart without colour. */
  readonly look: 'filled' | 'outlined';
}

/** One row: a name, a dot, perhaps an interval, and the number beside. */
export interface DotRow {
  readonly name: string;
  /** Small under the name. */
  readonly note?: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly isHollow?: boolean;
  readonly ranges?: readonly RowRange[];
  /** What stands right of the row. */
  readonly number: string;
  /** Told on hovering. */
  readonly tip: string;
}

export interface DotRows extends FigureText {
  readonly xLabel: string;
  /** Drawn in this order, from the top. */
  readonly rows: readonly DotRow[];
  /** A value to draw a line at, with its name on top. */
  readonly reference?: { readonly value: number; readonly label: string };
  readonly legend?: readonly LegendEntry[];
  /** Differences carry their sign. */
  readonly valueText?: (value: number) => string;
  readonly width: number;
}

const ROW_HEIGHT = 26;
const NOTE_HEIGHT = 12;
const NOTE_SIZE = 10;
const NARROW = 480;

/** Draws values as dots with their intervals, one below the other, names left and numbers right. */
export function dotRows(figure: DotRows): string {
  const { width, reference } = figure;
  const isNarrow = width < NARROW;
  const rows = figure.rows.map((row, place) => ({ ...row, place }));
  const widest = (texts: readonly string[], size = FONT_SIZE) =>
    texts.reduce((most, text) => Math.max(most, textWidth(text, size)), 0);
  const labelRoom = Math.min(
    Math.max(widest(rows.map(({ name }) => name)), widest(rows.map(noteOf), NOTE_SIZE)) + 4,
    width * 0.36,
  );
  const hasNotes = rows.some((row) => noteOf(row) !== '');
  const legend = layOutLegend(figure.legend ?? [], width);
  const marginLeft = EDGE + labelRoom + 8;
  const marginRight = EDGE + widest(rows.map(({ number }) => number)) + 8;
  const marginTop = HEADING_HEIGHT + legend.height + (reference === undefined ? 4 : 20);
  const below = xTitle(figure.xLabel, { width, marginLeft, marginRight });
  const marginBottom = 46 + below.extraHeight;
  const bars = rows.filter(({ low, high }) => low !== null && high !== null);
  const ranges = rows.flatMap(({ place, ranges: own = [] }) =>
    own.map((range, i) => ({ ...range, place, isLower: i > 0 })),
  );
  const ends = [
    ...rows.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
    ...ranges.flatMap(({ low, high }) => [low, high]),
    ...(reference === undefined ? [] : [reference.value]),
  ];
  const isFlat = Math.min(...ends) >= Math.max(...ends);
  const middle = ends[0] ?? 0;
  type Row = (typeof rows)[number];
  const color = ({ isHollow = false }: Row) => (isHollow ? BAND_EDGE : INK);
  const y = ({ place }: { place: number }) => place;
  const ticks = { ticks: isNarrow ? 3 : 6 };
  return renderFigure(figure, {
    width,
    height:
      marginTop +
      marginBottom +
      Math.max(1, rows.length) * (ROW_HEIGHT + (hasNotes ? NOTE_HEIGHT : 0)),
    marginTop,
    marginRight,
    marginBottom,
    marginLeft,
    x: {
      label: null,
      nice: true,
      insetLeft: 8,
      insetRight: 8,
      domain: isFlat ? [middle - 10, middle + 10] : [Math.min(...ends), Math.max(...ends)],
    },
    y: { label: null, type: 'band', axis: null, domain: rows.map(({ place }) => place) },
    marks: [
      Plot.gridX({ stroke: FAINT, strokeOpacity: 1, ...ticks }),
      Plot.axisX({
        ...ticks,
        tickSize: 0,
        fontSize: FONT_SIZE,
        tickFormat: figure.valueText ?? numberText,
      }),
      ...below.marks,
      ...referenceMarks(reference),
      Plot.text(rows, {
        y,
        text: ({ name }) => ellipsize(name, labelRoom, FONT_SIZE),
        title: ({ name }) => name,
        frameAnchor: 'left',
        dx: EDGE - marginLeft,
        dy: hasNotes ? -7 : 0,
        textAnchor: 'start',
        fontSize: FONT_SIZE,
      }),
      ...(hasNotes ? [noteMark(rows, labelRoom, EDGE - marginLeft)] : []),
      ...ranges.map(rangeMark),
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
        fill: ({ isHollow = false }) => (isHollow ? 'white' : INK),
        stroke: color,
        strokeWidth: 1.5,
        title: ({ tip }) => tip,
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
      ...legend.marks(marginLeft, marginTop),
    ],
    // Colours are given as they are, not by a scale.
    color: { type: 'identity' },
  });
}

const noteOf = ({ note = '' }: DotRow) => note;

function noteMark(rows: readonly DotRow[], room: number, dx: number): Plot.Markish {
  return Plot.text(rows, {
    y: (_, i) => i,
    text: (row) => ellipsize(noteOf(row), room, NOTE_SIZE),
    title: noteOf,
    frameAnchor: 'left',
    dx,
    dy: 8,
    textAnchor: 'start',
    fontSize: NOTE_SIZE,
    fill: MUTED,
  });
}

/** The first range of a row lies above its middle, the second below it. */
function rangeMark(range: RowRange & { place: number; isLower: boolean }): Plot.Markish {
  const [near, far] = [14, 4];
  return Plot.barX([range], {
    x1: range.low,
    x2: range.high,
    y: range.place,
    fill: range.look === 'filled' ? BAND_EDGE : 'white',
    stroke: MUTED,
    insetTop: range.isLower ? near : far,
    insetBottom: range.isLower ? far : near,
  });
}

function referenceMarks(reference: DotRows['reference']): Plot.Markish[] {
  if (reference === undefined) return [];
  return [
    Plot.ruleX([reference.value], { stroke: MUTED, strokeWidth: 1.25 }),
    Plot.text([reference.label], {
      x: [reference.value],
      frameAnchor: 'top',
      lineAnchor: 'bottom',
      dy: -5,
      fontSize: FONT_SIZE,
      fill: MUTED,
    }),
  ];
}
