import * as Plot from '@observablehq/plot';
import type { SeriesStyle } from './series-style.ts';
import { EDGE, FONT_SIZE, HEADING_HEIGHT } from './svg-figure.ts';
import { ellipsize, textWidth } from './text-width.ts';

export interface LegendEntry {
  readonly name: string;
  readonly style: SeriesStyle;
  /** No line beside the marker. */
  readonly isPoint?: boolean;
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
      placed.flatMap(({ name, style, isPoint, x: left, y }) => {
        const at = { frameAnchor: 'top-left' as const, dy: y - marginTop };
        const line: Plot.Markish = (_index, _scales, _values, _dimensions, context) => {
          const path = context.ownerSVGElement.ownerDocument.createElementNS(
            'http://www.w3.org/2000/svg',
            'path',
          );
          path.setAttribute('d', `M${left},${y}h${KEY_WIDTH - 6}`);
          path.setAttribute('stroke', style.color);
          path.setAttribute('stroke-width', '2');
          if (style.dash) path.setAttribute('stroke-dasharray', style.dash);
          return path;
        };
        return [
          ...(isPoint ? [] : [line]),
          Plot.dot([0], {
            ...at,
            dx: left + (KEY_WIDTH - 6) / 2 - marginLeft,
            symbol: style.symbol,
            r: 4.5,
            fill: isPoint ? 'white' : style.color,
            stroke: style.color,
            strokeWidth: 1.5,
          }),
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
