import * as Plot from '@observablehq/plot';
import { xTitle, yTitle } from './axis-title.ts';
import { cutLabels } from './cut-labels.ts';
import { compactText, fineText } from './number-text.ts';
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

/** Values from `low` up to `high`, and how many of them there are. */
export interface HistogramBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** A value at which something is cut off. */
export interface HistogramCut {
  readonly value: number;
  /** Short, for example "25 %". */
  readonly label: string;
}

export interface Histogram extends FigureText {
  readonly xLabel: string;
  /** Default "Clips". */
  readonly yLabel?: string;
  readonly bins: readonly HistogramBin[];
  /** How many lie below the first bin and above the last one; told in a line below. */
  readonly under?: number;
  readonly over?: number;
  /** How many have no value, of how many in all; told in a line below. */
  readonly missing?: { readonly count: number; readonly total: number };
  readonly cuts?: readonly HistogramCut[];
  /** Which side of a cut is removed: bars there are paler, the paler the more cuts remove them. */
  readonly removed?: 'low' | 'high';
  /** In pixels; default 640. */
  readonly width?: number | undefined;
}

const PLOT_HEIGHT = 200;
/** A bar this many times as high as the next one would flatten all others: it is cut and told. */
const TOWERING = 4;
const BAR = [0, 114, 178] as const;

/** Draws how values are spread, with the cuts in it. */
export function histogram(figure: Histogram): string {
  const width = figure.width ?? 640;
  const [marginLeft, marginRight] = [48, EDGE + 6];
  const { bins } = figure;
  const [from, to] = domainOf(bins, figure.cuts ?? []);
  const text = (value: number) => fineText(value, to - from);
  const room = width - marginLeft - marginRight;
  const labels = cutLabels(figure.cuts ?? [], {
    room,
    place: (value) => ((value - from) / (to - from)) * room,
  });
  const above = yTitle(figure.yLabel ?? 'Clips', width);
  const marginTop = HEADING_HEIGHT + 30 + above.extraHeight + labels.height;
  const below = xTitle(figure.xLabel, { width, marginLeft, marginRight, below: 34 });
  const marginBottom = 50 + below.extraHeight;
  const { top, towering } = scaleOf(bins);
  const note = noteOf(figure);
  // Counts are whole: no ticks between them.
  const ticks = Math.min(4, Math.floor(top));
  return renderFigure(
    { ...figure, footnote: figure.footnote ?? note },
    {
      width,
      height: marginTop + PLOT_HEIGHT + marginBottom,
      marginTop,
      marginLeft,
      marginBottom,
      marginRight,
      x: { label: null, domain: [from, to] },
      y: { label: null, domain: [0, top], nice: towering === null },
      marks: [
        Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks }),
        Plot.axisY({ ticks, tickSize: 0, fontSize: FONT_SIZE, tickFormat: compactText }),
        Plot.axisX({
          ticks: Math.max(3, Math.floor(room / 90)),
          fontSize: FONT_SIZE,
          tickFormat: text,
        }),
        ...above.marks(marginLeft, 22 + labels.height),
        ...below.marks,
        Plot.rect(bins, {
          x1: 'low',
          x2: 'high',
          y1: 0,
          y2: ({ count }) => Math.min(count, top),
          fill: (bin) => barColor(bin, figure),
          insetLeft: 0.5,
          title: ({ low, high, count }) =>
            `${text(low)} to ${text(high)}: ${count.toLocaleString('en')}`,
        }),
        Plot.ruleY([0], { stroke: MUTED }),
        Plot.ruleX(labels.placed, {
          x: 'value',
          stroke: INK,
          strokeWidth: 1.5,
          strokeDasharray: '5 3',
          title: ({ value, label }) => `${label}: ${text(value)}`,
        }),
        ...(towering === null ? [] : toweringMarks(towering, top, (from + to) / 2)),
        ...labels.marks,
      ],
    },
  );
}

function domainOf(bins: readonly HistogramBin[], cuts: readonly HistogramCut[]): [number, number] {
  const ends = [...bins.flatMap(({ low, high }) => [low, high]), ...cuts.map(({ value }) => value)];
  const from = ends.reduce((least, end) => Math.min(least, end), Infinity);
  const to = ends.reduce((most, end) => Math.max(most, end), -Infinity);
  if (from < to) return [from, to];
  return from === to ? [from - 0.5, to + 0.5] : [0, 1];
}

/** How high the plot reaches: to the highest bar, or cutting the one that towers over all others. */
function scaleOf(bins: readonly HistogramBin[]): { top: number; towering: HistogramBin | null } {
  const [first, second] = bins.toSorted((a, b) => b.count - a.count);
  const most = Math.max(1, first?.count ?? 1);
  if (!first || !second || second.count === 0 || first.count < TOWERING * second.count)
    return { top: most, towering: null };
  return { top: second.count * 1.5, towering: first };
}

/** A gap in the bar, and its number beside it on the side where there is more room. */
function toweringMarks(bin: HistogramBin, top: number, middle: number): Plot.Markish[] {
  const centre = (bin.low + bin.high) / 2;
  const isLeft = centre <= middle;
  return [
    Plot.rect([bin], {
      x1: 'low',
      x2: 'high',
      y1: top * 0.9,
      y2: top * 0.93,
      fill: 'white',
      insetLeft: -1,
      insetRight: -1,
    }),
    Plot.text([bin], {
      x: isLeft ? 'high' : 'low',
      y: () => top,
      text: ({ count }) => `${count.toLocaleString('en')} here`,
      textAnchor: isLeft ? 'start' : 'end',
      dx: isLeft ? 5 : -5,
      dy: 8,
      fontSize: FONT_SIZE,
      fill: INK,
      stroke: 'white',
      strokeWidth: 4,
    }),
  ];
}

function barColor({ low, high }: HistogramBin, { cuts = [], removed }: Histogram): string {
  const middle = (low + high) / 2;
  const by =
    removed === undefined
      ? 0
      : cuts.filter(({ value }) => (removed === 'low' ? middle <= value : middle >= value)).length;
  const pale = by === 0 ? 0 : 0.3 + (0.55 * by) / cuts.length;
  return `rgb(${BAR.map((channel) => Math.round(channel + (228 - channel) * pale)).join(',')})`;
}

function noteOf({ bins, under = 0, over = 0, missing }: Histogram): string | undefined {
  const total = bins.reduce((sum, { count }) => sum + count, under + over);
  const parts = [
    ...(under > 0 ? [`${countText(under, total)} below`] : []),
    ...(over > 0 ? [`${countText(over, total)} above`] : []),
  ];
  const outside = parts.length > 0 ? `${parts.join(', ')} this range` : null;
  const none =
    missing && missing.count > 0
      ? `${countText(missing.count, missing.total)} without a value`
      : null;
  const all = [outside, none].filter((part) => part !== null);
  return all.length === 0 ? undefined : `${all.join('; ')}.`;
}

function countText(count: number, total: number): string {
  const percent = total === 0 ? 0 : (100 * count) / total;
  const share = percent < 0.1 ? 'below 0.1' : percent.toFixed(1);
  return `${count.toLocaleString('en')} (${share} %)`;
}
