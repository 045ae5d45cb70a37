import * as Plot from '@observablehq/plot';
import { divergingColor, inkOn } from './diverging-color.ts';
import {
  EDGE,
  FAINT,
  type FigureText,
  FONT_SIZE,
  HEADING_HEIGHT,
  MUTED,
  renderFigure,
} from './svg-figure.ts';
import { ellipsize, textWidth } from './text-width.ts';

/** One cell: its number as text on a ground that tells how high it is. */
export interface NumberCell {
  /** In [0, 1], one half in the middle; null where there is nothing to show. */
  readonly place: number | null;
  readonly text: string;
  /** Smaller, below, where there is room for it. */
  readonly small?: string | undefined;
  /** Told on hovering. */
  readonly tip: string;
}

export interface NumberMatrix extends FigureText {
  readonly names: readonly string[];
  /** `cells[row][column]`; undefined is drawn as ground without a number. */
  readonly cells: readonly (readonly (NumberCell | undefined)[])[];
  /** What a cell says. */
  readonly note: string;
  /** What the small number says; told only where it is drawn. */
  readonly smallNote?: string | undefined;
  /** In pixels; default 640. With many names the figure is wider than asked. */
  readonly width?: number | undefined;
}

const SMALLEST_CELL = 27;
const LARGEST_CELL = 72;
const ROOM_FOR_SMALL = 38;

/** Draws a square of numbers as a heat map; columns are numbered as the rows where names don't fit. */
export function numberMatrix(figure: NumberMatrix): string {
  const { names } = figure;
  const asked = figure.width ?? 640;
  const count = Math.max(1, names.length);
  const labels = names.map((name, i) => `${i + 1}  ${name}`);
  const widest = labels.reduce((most, label) => Math.max(most, textWidth(label, FONT_SIZE)), 0);
  const labelRoom = Math.min(widest + 4, asked * 0.34);
  const marginLeft = EDGE + labelRoom + 8;
  const cell = Math.floor(
    Math.min(LARGEST_CELL, Math.max(SMALLEST_CELL, (asked - marginLeft - EDGE) / count)),
  );
  const hasSmall = figure.smallNote !== undefined && cell >= ROOM_FOR_SMALL;
  const note = hasSmall ? `${figure.note}; ${figure.smallNote}` : figure.note;
  const content = Math.ceil(marginLeft + cell * count + EDGE);
  const width = Math.max(
    content,
    Math.min(asked, Math.ceil(textWidth(note, FONT_SIZE)) + 2 * EDGE),
  );
  const noteRoom = width - 2 * EDGE;
  const noteLines = Math.ceil(textWidth(note, FONT_SIZE) / noteRoom);
  const marginTop = HEADING_HEIGHT + 24;
  const marginBottom = 18 + 16 * noteLines;
  const hasNames = names.every((name) => textWidth(name, FONT_SIZE) <= cell - 6);
  const cells = names.flatMap((_, row) =>
    names.map((_name, column) => ({ row, column, held: figure.cells[row]?.[column] })),
  );
  const filled = cells.flatMap(({ row, column, held }) => (held ? [{ row, column, ...held }] : []));
  type Place = { row: number; column: number };
  const x = ({ column }: Place) => column;
  const y = ({ row }: Place) => row;
  const fontSize = cell < 34 ? 11 : FONT_SIZE + 1;
  return renderFigure(figure, {
    width,
    height: marginTop + cell * count + marginBottom,
    marginTop,
    marginBottom,
    marginLeft,
    marginRight: width - marginLeft - cell * count,
    padding: 0,
    x: { type: 'band', domain: names.map((_, i) => i), axis: null },
    y: { type: 'band', domain: names.map((_, i) => i), axis: null },
    color: { type: 'identity' },
    marks: [
      Plot.cell(cells, {
        x,
        y,
        fill: ({ held }) =>
          held === undefined || held.place === null ? '#f4f4f5' : divergingColor(held.place),
        stroke: 'white',
        strokeWidth: 1,
        title: ({ row, held }) => held?.tip ?? names[row] ?? '',
      }),
      Plot.text(filled, {
        x,
        y,
        text: 'text',
        fill: ({ place }) => (place === null ? MUTED : inkOn(place)),
        fontSize,
        fontWeight: 600,
        dy: hasSmall ? -6 : 0,
      }),
      ...(hasSmall
        ? [
            Plot.text(
              filled.filter(({ small }) => small !== undefined),
              {
                x,
                y,
                text: ({ small }) => small,
                fill: ({ place }) => inkOn(place ?? 0.5),
                fontSize: 10,
                dy: 9,
              },
            ),
          ]
        : []),
      Plot.text(labels, {
        y: (_, i) => i,
        text: (label) => ellipsize(label, labelRoom, FONT_SIZE),
        title: (_, i) => names[i] ?? '',
        frameAnchor: 'left',
        dx: EDGE - marginLeft,
        textAnchor: 'start',
        fontSize: FONT_SIZE,
      }),
      Plot.text(names, {
        x: (_, i) => i,
        text: (name, i) => (hasNames ? name : String(i + 1)),
        frameAnchor: 'top',
        lineAnchor: 'bottom',
        dy: -6,
        fontSize: FONT_SIZE,
      }),
      Plot.frame({ stroke: FAINT }),
      Plot.text([note], {
        frameAnchor: 'bottom-left',
        dx: EDGE - marginLeft,
        dy: 12,
        lineAnchor: 'top',
        lineWidth: noteRoom / FONT_SIZE,
        textAnchor: 'start',
        fontSize: FONT_SIZE,
        fill: MUTED,
      }),
    ],
  });
}
