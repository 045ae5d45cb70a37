import type { SymbolType } from '@observablehq/plot';
import { INK } from './svg-figure.ts';

/** How one line of a figure looks: told apart by colour, by dash and by marker, each alone enough. */
export interface SeriesStyle {
  readonly color: string;
  /** Lengths of dashes and gaps; null is solid. */
  readonly dash: string | null;
  readonly symbol: SymbolType;
}

/** The aggregate stands out: black, solid, round. */
export const AGGREGATE_STYLE: SeriesStyle = { color: INK, dash: null, symbol: 'circle' };

// Okabe and Ito's colours, in an order that also differs in lightness.
const STYLES: readonly SeriesStyle[] = [
  { color: '#0072b2', dash: '6 3', symbol: 'square' },
  { color: '#d55e00', dash: '2 3', symbol: 'triangle' },
  { color: '#009e73', dash: '9 3 2 3', symbol: 'diamond2' },
  { color: '#cc79a7', dash: '12 4', symbol: 'star' },
  { color: '#e69f00', dash: '4 2 1 2 1 2', symbol: 'wye' },
  { color: '#56b4e9', dash: '1 4', symbol: 'times' },
];

/** The style of the n-th line that is no aggregate; repeats after six. */
export function seriesStyle(index: number): SeriesStyle {
  return STYLES[index % STYLES.length] as SeriesStyle;
}
