import * as Plot from '@observablehq/plot';
import { FONT_SIZE, INK } from './svg-figure.ts';
import { ellipsize, textWidth } from './text-width.ts';

interface Cut {
  readonly value: number;
  readonly label: string;
}

interface Placed extends Cut {
  /** The line of the label, counted from the lowest. */
  readonly row: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface CutLabels {
  readonly placed: readonly Placed[];
  /** What the labels take above the plot, in pixels. */
  readonly height: number;
  readonly marks: readonly Plot.Markish[];
}

const ROW_HEIGHT = 16;
const GAP = 8;
const WIDEST = 120;

/**
 * Labels above a plot, in as many lines as it takes for none to cover another.
 *
 * @param at the plot's width, and where a value lies in it, both in pixels.
 */
export function cutLabels(
  cuts: readonly Cut[],
  at: { readonly room: number; readonly place: (value: number) => number },
): CutLabels {
  const ends: number[] = [];
  const placed = cuts
    .toSorted((a, b) => a.value - b.value)
    .map((cut): Placed => {
      const label = ellipsize(cut.label, WIDEST, FONT_SIZE);
      const width = textWidth(label, FONT_SIZE);
      const x = at.place(cut.value);
      const anchor =
        x < width / 2 ? 'start' : x > at.room - width / 2 ? 'end' : ('middle' as const);
      const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
      const free = ends.findIndex((end) => end + GAP <= left);
      const row = free === -1 ? ends.length : free;
      ends[row] = left + width;
      return { value: cut.value, label, row, anchor };
    });
  const marks = placed.map(({ value, label, row, anchor }) =>
    Plot.text([label], {
      x: [value],
      frameAnchor: 'top',
      lineAnchor: 'bottom',
      textAnchor: anchor,
      dy: -4 - row * ROW_HEIGHT,
      fontSize: FONT_SIZE,
      fontWeight: 600,
      fill: INK,
    }),
  );
  return { placed, height: ends.length * ROW_HEIGHT, marks };
}
