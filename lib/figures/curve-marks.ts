import * as Plot from '@observablehq/plot';
import type { CurvePoint, CurveSeries } from './curve-data.ts';
import type { SeriesStyle } from './series-style.ts';
import { BAND, BAND_EDGE, FONT_SIZE, INK, MUTED, svgElement } from './svg-figure.ts';
import { ellipsize } from './text-width.ts';

export type StyledSeries = CurveSeries & { readonly style: SeriesStyle };

/** How far lines stand apart, so that error bars at one level do not cover each other. */
export const DODGE = 7;
/** The end of an error bar. */
const CAP: Plot.SymbolType = {
  draw(context: CanvasPath) {
    context.moveTo(-3, 0);
    context.lineTo(3, 0);
  },
};

/** The joint band of a line: shaded, and edged so that it is seen without its shade. */
export function bandMarks({ points }: StyledSeries, dx: number): Plot.Markish[] {
  const inBand = byLevel(points).filter(
    ({ jointLow = null, jointHigh = null }) => jointLow !== null && jointHigh !== null,
  );
  if (inBand.length < 2) return [];
  const x = (point: CurvePoint) => point.level;
  const edge = { stroke: BAND_EDGE, strokeWidth: 1, strokeDasharray: '1 2', dx };
  return [
    Plot.areaY(inBand, {
      x,
      y1: ({ jointLow }) => jointLow,
      y2: ({ jointHigh }) => jointHigh,
      fill: BAND,
      dx,
    }),
    Plot.line(inBand, { x, y: ({ jointLow }) => jointLow, ...edge }),
    Plot.line(inBand, { x, y: ({ jointHigh }) => jointHigh, ...edge }),
  ];
}

/** A line with its error bars and markers; controls are hollow and off the line, beside their level. */
export function seriesMarks(
  { points, controls = [], style, isAggregate }: StyledSeries,
  dx: number,
  controlDx: number,
): Plot.Markish[] {
  const x = (point: CurvePoint) => point.level;
  const y = (point: CurvePoint) => point.value;
  const low = (point: CurvePoint) => point.low;
  const high = (point: CurvePoint) => point.high;
  const tell = ({ name, level, value }: CurvePoint) => `${name}: ${value.toFixed(1)} at ${level}`;
  const bars = (of: readonly CurvePoint[], at: number) => {
    const whole = of.filter((point) => point.low !== null && point.high !== null);
    const bar = { stroke: style.color, strokeWidth: 1.5, dx: at };
    return [
      Plot.ruleX(whole, { x, y1: low, y2: high, ...bar }),
      ...[low, high].map((end) => Plot.dot(whole, { x, y: end, symbol: CAP, r: 3, ...bar })),
    ];
  };
  const dot = { x, y, symbol: style.symbol, stroke: style.color, strokeWidth: 1.5, r: 4.5 };
  return [
    Plot.line(byLevel(points), {
      x,
      y,
      dx,
      stroke: style.color,
      strokeWidth: isAggregate ? 2.5 : 2,
      ...(style.dash === null ? {} : { strokeDasharray: style.dash }),
    }),
    ...bars(points, dx),
    Plot.dot(points, { ...dot, dx, fill: style.color, title: tell }),
    ...(controls.length === 0 ? [] : bars(controls, controlDx)),
    Plot.dot(controls, { ...dot, dx: controlDx, fill: 'white', title: tell }),
  ];
}

/** A name at the right end of each line, moved apart where they would touch. */
export function endLabels(
  series: readonly StyledSeries[],
  reference: { readonly value: number; readonly label: string } | null,
  room: number,
): Plot.Markish {
  return (_index, scales, _values, dimensions, context) => {
    const document = context.ownerSVGElement.ownerDocument;
    const group = svgElement(document, 'g', { 'text-anchor': 'start' });
    const y = (value: number) => Number(scales.y?.(value) ?? value);
    const left = dimensions.width - dimensions.marginRight + 8;
    const labels = series.flatMap(({ name, points, style, isAggregate }) => {
      const last = byLevel(points).at(-1);
      return last === undefined
        ? []
        : [{ name, at: y(last.value), fill: style.color, weight: isAggregate ? 600 : 400 }];
    });
    if (reference !== null)
      labels.push({ name: reference.label, at: y(reference.value), fill: MUTED, weight: 400 });
    for (const { name, at, fill, weight } of spread(labels)) {
      const text = ellipsize(name, room, FONT_SIZE);
      const look = { x: left, y: at + 4, fill, 'font-weight': weight };
      const element = svgElement(document, 'text', look, text);
      if (text !== name) element.append(svgElement(document, 'title', {}, name));
      group.append(element);
    }
    return group as SVGElement;
  };
}

/** Labels from top to bottom, one line apart at least: those that touch stand about their mean. */
function spread<Label extends { readonly at: number }>(labels: readonly Label[]): Label[] {
  const line = FONT_SIZE + 3;
  const groups: Label[][] = [];
  const middle = (group: readonly Label[]) =>
    group.reduce((sum, { at }) => sum + at, 0) / group.length;
  for (const label of [...labels].sort((a, b) => a.at - b.at)) {
    let group = [label];
    for (let above = groups.at(-1); above !== undefined; above = groups.at(-1)) {
      const room = ((above.length + group.length) / 2) * line;
      if (middle(group) - middle(above) >= room) break;
      group = [...above, ...group];
      groups.pop();
    }
    groups.push(group);
  }
  return groups.flatMap((group) =>
    group.map((label, i) => ({
      ...label,
      at: middle(group) + (i - (group.length - 1) / 2) * line,
    })),
  );
}

/** A word in the plot that lines can't make unreadable. */
export function haloText(text: string, options: Plot.TextOptions): Plot.Markish {
  return Plot.text([text], {
    fontSize: FONT_SIZE,
    fill: INK,
    stroke: 'white',
    strokeWidth: 4,
    ...options,
  });
}

export function byLevel(points: readonly CurvePoint[]): CurvePoint[] {
  return [...points].sort((a, b) => a.level - b.level);
}
