import * as Plot from '@observablehq/plot';
import type { SeriesStyle } from './series-style.ts';
import {
  BAND,
  BAND_EDGE,
  EDGE,
  FONT_SIZE,
  HEADING_HEIGHT,
  MUTED,
  svgElement,
} from './svg-figure.ts';
import { ellipsize, textWidth } from './text-width.ts';

export interface LegendEntry {
  readonly name: string;
  readonly style: SeriesStyle;
  /** Default a line with its marker; a rule has none, a point is hollow; the others are boxes. */
  readonly shape?: 'line' | 'point' | 'band' | 'rule' | 'filled' | 'outlined';
}

const KEY_WIDTH = 30;
const GAP = 18;
const ROW_HEIGHT = 20;

export interface Legend {
  readonly height: number;
  /** `marginLeft` and `marginTop` of the plot that it goes into. */
  marks(marginLeft: number, marginTop: number): Plot.Markish[];
}

/** A legend in rows under the heading: a piece of line with its marker, then the name. */
export function layOutLegend(entries: readonly LegendEntry[], width: number): Legend {
  const widest = width - 2 * EDGE - KEY_WIDTH;
  let x = EDGE;
  let row = 0;
  const placed = entries.map((entry) => {
    const name = ellipsize(entry.name, widest, FONT_SIZE);
    const taken = KEY_WIDTH + textWidth(name, FONT_SIZE);
    if (x > EDGE && x + taken > width - EDGE) {
      x = EDGE;
      row++;
    }
    const at = { ...entry, name, x, y: HEADING_HEIGHT + 10 + row * ROW_HEIGHT };
    x += taken + GAP;
    return at;
  });
  return {
    height: entries.length === 0 ? 0 : (row + 1) * ROW_HEIGHT + 6,
    marks: (marginLeft, marginTop) =>
      placed.flatMap(({ name, style, shape = 'line', x: left, y }) => {
        const at = { frameAnchor: 'top-left' as const, dy: y - marginTop };
        const wide = KEY_WIDTH - 6;
        const key: Plot.Markish = (_index, _scales, _values, _dimensions, context) =>
          svgElement(context.ownerSVGElement.ownerDocument, 'path', {
            d: isBox(shape) ? `M${left},${y - 6}h${wide}v12h${-wide}z` : `M${left},${y}h${wide}`,
            ...lookOf(shape, style),
          }) as SVGElement;
        return [
          ...(shape === 'point' ? [] : [key]),
          ...(shape === 'line' || shape === 'point'
            ? [
                Plot.dot([0], {
                  ...at,
                  dx: left + wide / 2 - marginLeft,
                  symbol: style.symbol,
                  r: 4.5,
                  fill: shape === 'point' ? 'white' : style.color,
                  stroke: style.color,
                  strokeWidth: 1.5,
                }),
              ]
            : []),
          Plot.text([name], {
            ...at,
            dx: left + KEY_WIDTH - marginLeft,
            textAnchor: 'start',
            lineAnchor: 'middle',
            fontSize: FONT_SIZE,
          }),
        ];
      }),
  };
}

type Shape = NonNullable<LegendEntry['shape']>;

function isBox(shape: Shape): boolean {
  return shape === 'band' || shape === 'filled' || shape === 'outlined';
}

function lookOf(shape: Shape, style: SeriesStyle): Record<string, string | number> {
  if (shape === 'band')
    return { fill: BAND, stroke: BAND_EDGE, 'stroke-width': 1, 'stroke-dasharray': '1 2' };
  if (shape === 'filled') return { fill: BAND_EDGE, stroke: MUTED, 'stroke-width': 1 };
  if (shape === 'outlined') return { fill: 'white', stroke: MUTED, 'stroke-width': 1 };
  const line = { fill: 'none', stroke: style.color, 'stroke-width': shape === 'rule' ? 1.25 : 2 };
  return style.dash === null ? line : { ...line, 'stroke-dasharray': style.dash };
}
