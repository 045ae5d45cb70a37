import { type NumberCell, numberMatrix } from './number-matrix.ts';
import type { FigureText } from './svg-figure.ts';

export interface Correlation extends FigureText {
  readonly names: readonly string[];
  /** `values[row][column]` in [-1, 1]; null where it can't be told. The diagonal is not drawn. */
  readonly values: readonly (readonly (number | null)[])[];
  /** What a cell says, for example "below the diagonal Pearson, above it Spearman". */
  readonly note: string;
  /** In pixels; default 640. With many names the figure is wider than asked. */
  readonly width?: number | undefined;
}

/** Draws correlations as a heat map with the numbers in it: blue together, orange against each other. */
export function correlation(figure: Correlation): string {
  const { names, values } = figure;
  return numberMatrix({
    ...figure,
    cells: names.map((row, r) =>
      names.map((column, c) =>
        r === c ? undefined : cellOf(`${row} and ${column}`, values[r]?.[c] ?? null),
      ),
    ),
  });
}

function cellOf(pair: string, value: number | null): NumberCell {
  if (value === null) return { place: null, text: '–', tip: `${pair}: can't be told` };
  return { place: (value + 1) / 2, text: shortText(value), tip: `${pair}: ${value.toFixed(3)}` };
}

/** Two decimals without the zero before the point, as tables of correlations have them. */
function shortText(value: number): string {
  const text = Math.abs(value).toFixed(2);
  if (text === '0.00') return '0';
  const sign = value < 0 ? '−' : '';
  return sign + (text === '1.00' ? '1' : text.slice(1));
}
