import * as Plot from '@observablehq/plot';
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

/** How often the row's arm was preferred to the column's. */
export interface WinShareCell {
  /** In [0, 1], ties as half; null where the two never met. */
  readonly share: number | null;
  readonly votes: number;
  /** What stands in the cell instead of share and votes: for example how often the row's arm won. */
  readonly counts?: { readonly large: number; readonly small: number };
}

export interface WinShareMatrix extends FigureText {
  readonly arms: readonly string[];
  /** `cells[row][column]`; the diagonal is not drawn. */
  readonly cells: readonly (readonly WinShareCell[])[];
  /** What a cell says, for example "Share of votes for the row's arm, %". */
  readonly note: string;
  /** What the small number says, where there is room for it; for example "votes below". */
  readonly votesNote: string;
  /** In pixels; default 640. With many arms the figure is wider than asked. */
  readonly width?: number;
}

const SMALLEST_CELL = 27;
const LARGEST_CELL = 72;
const ROOM_FOR_VOTES = 38;

/** Draws win shares as a heat map with the numbers in it; columns are numbered as the rows. */
export function winShareMatrix(figure: WinShareMatrix): string {
  const { arms } = figure;
  const asked = figure.width ?? 640;
  const count = Math.max(1, arms.length);
  const labels = arms.map((name, i) => `${i + 1}  ${name}`);
  const widest = labels.reduce((most, label) => Math.max(most, textWidth(label, FONT_SIZE)), 0);
  const labelRoom = Math.min(widest + 4, asked * 0.34);
  const marginLeft = EDGE + labelRoom + 8;
  const cell = Math.floor(
    Math.min(LARGEST_CELL, Math.max(SMALLEST_CELL, (asked - marginLeft - EDGE) / count)),
  );
  const hasVotes = cell >= ROOM_FOR_VOTES;
  const note = hasVotes ? `${figure.note}; ${figure.votesNote}` : figure.note;
  const content = Math.ceil(marginLeft + cell * count + EDGE);
  const width = Math.max(
    content,
    Math.min(asked, Math.ceil(textWidth(note, FONT_SIZE)) + 2 * EDGE),
  );
  const noteRoom = width - 2 * EDGE;
  const noteLines = Math.ceil(textWidth(note, FONT_SIZE) / noteRoom);
  const marginTop = HEADING_HEIGHT + 24;
  const marginBottom = 18 + 16 * noteLines;
  const hasNames = arms.every((name) => textWidth(name, FONT_SIZE) <= cell - 6);
  const cells = arms.flatMap((_, row) =>
    arms.map((_name, column) => ({ row, column, ...cellAt(figure, row, column) })),
  );
  type Cell = (typeof cells)[number];
  const x = ({ column }: Cell) => column;
  const y = ({ row }: Cell) => row;
  const off = cells.filter(({ row, column }) => row !== column);
  const met = off.filter(({ share }) => share !== null);
  const fontSize = cell < 34 ? 11 : FONT_SIZE + 1;
  return renderFigure(figure, {
    width,
    height: marginTop + cell * count + marginBottom,
    marginTop,
    marginBottom,
    marginLeft,
    marginRight: width - marginLeft - cell * count,
    padding: 0,
    x: { type: 'band', domain: arms.map((_, i) => i), axis: null },
    y: { type: 'band', domain: arms.map((_, i) => i), axis: null },
    color: { type: 'identity' },
    marks: [
      Plot.cell(cells, {
        x,
        y,
        fill: ({ row, column, share }) =>
          row === column || share === null ? '#f4f4f5' : shareColor(share),
        stroke: 'white',
        strokeWidth: 1,
        title: (at) => tellCell(arms, at),
      }),
      Plot.text(off, {
        x,
        y,
        text: ({ share, counts }) =>
          share === null ? '–' : String(counts?.large ?? Math.round(share * 100)),
        fill: ({ share }) => (share === null ? MUTED : inkOn(share)),
        fontSize,
        fontWeight: 600,
        dy: hasVotes ? -6 : 0,
      }),
      ...(hasVotes
        ? [
            Plot.text(met, {
              x,
              y,
              text: ({ votes, counts }) => String(counts?.small ?? votes),
              fill: ({ share }) => inkOn(share ?? 0.5),
              fontSize: 10,
              dy: 9,
            }),
          ]
        : []),
      Plot.text(labels, {
        y: (_, i) => i,
        text: (label) => ellipsize(label, labelRoom, FONT_SIZE),
        title: (_, i) => arms[i] ?? '',
        frameAnchor: 'left',
        dx: EDGE - marginLeft,
        textAnchor: 'start',
        fontSize: FONT_SIZE,
      }),
      Plot.text(arms, {
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

function cellAt({ cells }: WinShareMatrix, row: number, column: number): WinShareCell {
  return cells[row]?.[column] ?? { share: null, votes: 0 };
}

function tellCell(
  arms: readonly string[],
  { row, column, share, votes }: WinShareCell & { row: number; column: number },
): string {
  if (row === column) return arms[row] ?? '';
  const pair = `${arms[row]} against ${arms[column]}`;
  return share === null
    ? `${pair}: no votes`
    : `${pair}: ${(share * 100).toFixed(1)} % of ${votes}`;
}

/** From orange (never) over white (half) to blue (always); the two differ for every kind of eye. */
function shareChannels(share: number): readonly number[] {
  const far = Math.min(1, Math.abs(share - 0.5) * 2);
  const end = share < 0.5 ? [179, 88, 6] : [5, 80, 145];
  return end.map((channel) => Math.round(255 + (channel - 255) * far));
}

function shareColor(share: number): string {
  return `rgb(${shareChannels(share).join(',')})`;
}

/** White or dark, whichever has the higher contrast there (relative luminance of WCAG 2). */
function inkOn(share: number): string {
  const weights = [0.2126, 0.7152, 0.0722];
  const luminance = shareChannels(share).reduce(
    (sum, channel, c) => sum + (weights[c] ?? 0) * (channel / 255) ** 2.2,
    0,
  );
  return luminance < 0.179 ? 'white' : INK;
}
