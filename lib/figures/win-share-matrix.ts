import { type NumberCell, numberMatrix } from './number-matrix.ts';
import type { FigureText } from './svg-figure.ts';

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

/** Draws win shares as a heat map with the numbers in it; columns are numbered as the rows. */
export function winShareMatrix(figure: WinShareMatrix): string {
  const { arms, cells, votesNote } = figure;
  return numberMatrix({
    ...figure,
    names: arms,
    smallNote: votesNote,
    cells: arms.map((row, r) =>
      arms.map((column, c) =>
        r === c ? undefined : shareCell(`${row} against ${column}`, cells[r]?.[c]),
      ),
    ),
  });
}

function shareCell(pair: string, cell: WinShareCell | undefined): NumberCell {
  if (cell === undefined || cell.share === null)
    return { place: null, text: '–', tip: `${pair}: no votes` };
  const { share, votes, counts } = cell;
  return {
    place: share,
    text: String(counts?.large ?? Math.round(share * 100)),
    small: String(counts?.small ?? votes),
    tip: `${pair}: ${(share * 100).toFixed(1)} % of ${votes}`,
  };
}
