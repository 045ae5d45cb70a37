import * as Plot from '@observablehq/plot';
import { EDGE, FONT_SIZE, MUTED } from './svg-figure.ts';
import { textWidth, wrapText } from './text-width.ts';

const LINE = 16;

export interface AxisTitle {
  /** How much higher it is than a title of one line. */
  readonly extraHeight: number;
  readonly marks: readonly Plot.Markish[];
}

/**
 * What an x axis shows, below its ticks: centred on the plot, or from the figure's left edge in
 * as many lines as it takes.
 *
 * @param below how far under the plot it begins, in pixels.
 */
export function xTitle(
  text: string,
  { width, marginLeft, marginRight, below = 30 }: TitlePlace & { readonly below?: number },
): AxisTitle {
  const isCentred = textWidth(text, FONT_SIZE) <= width - marginLeft - marginRight;
  const lines = isCentred ? [text] : wrapText(text, width - 2 * EDGE, FONT_SIZE);
  return {
    extraHeight: Math.max(0, lines.length - 1) * LINE,
    marks: lines.map((line, i) =>
      Plot.text([line], {
        fontSize: FONT_SIZE,
        fill: MUTED,
        lineAnchor: 'top',
        dy: below + i * LINE,
        ...(isCentred
          ? { frameAnchor: 'bottom' }
          : { frameAnchor: 'bottom-left', textAnchor: 'start', dx: EDGE - marginLeft }),
      }),
    ),
  };
}

interface TitlePlace {
  readonly width: number;
  readonly marginLeft: number;
  readonly marginRight: number;
}

/** What a y axis shows, over the plot from the figure's left edge; `above` the plot in pixels. */
export function yTitle(
  text: string,
  width: number,
): { readonly extraHeight: number; marks(marginLeft: number, above: number): Plot.Markish[] } {
  const lines = wrapText(text, width - 2 * EDGE, FONT_SIZE);
  const extraHeight = Math.max(0, lines.length - 1) * LINE;
  return {
    extraHeight,
    marks: (marginLeft, above) =>
      lines.map((line, i) =>
        Plot.text([line], {
          fontSize: FONT_SIZE,
          fill: MUTED,
          frameAnchor: 'top-left',
          textAnchor: 'start',
          dx: EDGE - marginLeft,
          dy: i * LINE - extraHeight - above,
        }),
      ),
  };
}
