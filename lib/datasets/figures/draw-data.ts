import { correlation } from '#lib/figures/correlation.ts';
import { type HistogramCut, histogram } from '#lib/figures/histogram.ts';
import type { Correlations, ScoreProfile } from '../profile/schema.ts';

/** A figure of a dataset and what it is drawn from: plain data, which may cross to another thread. */
export type DataFigure =
  | {
      readonly figure: 'histogram';
      readonly score: ScoreProfile;
      /** What stands above it; the score's name when left out. */
      readonly title?: string;
      readonly cuts?: readonly HistogramCut[];
      readonly removed?: 'low' | 'high';
    }
  | { readonly figure: 'correlations'; readonly correlations: Correlations };

/** Draws a figure of a dataset. @param width in pixels. @returns an SVG that stands alone */
export function drawData(source: DataFigure, width: number): string {
  return source.figure === 'histogram'
    ? drawHistogram(source, width)
    : drawCorrelations(source.correlations, width);
}

function drawHistogram(
  { score, title, cuts, removed }: Extract<DataFigure, { figure: 'histogram' }>,
  width: number,
): string {
  const { name, bins, count, missing } = score;
  const [low, step] = [bins?.low ?? 0, bins?.width ?? 1];
  return histogram({
    title: title ?? name,
    description: `How ${name} is spread over ${count.toLocaleString('en')} clips${cutWords(cuts)}.`,
    xLabel: name,
    bins: (bins?.counts ?? []).map((clips, index) => ({
      low: low + index * step,
      high: low + (index + 1) * step,
      count: clips,
    })),
    under: bins?.under ?? 0,
    over: bins?.over ?? 0,
    missing: { count: missing, total: count + missing },
    ...(cuts ? { cuts } : {}),
    ...(removed ? { removed } : {}),
    width,
  });
}

function cutWords(cuts: readonly HistogramCut[] | undefined): string {
  if (!cuts || cuts.length === 0) return '';
  return `, with cuts at ${cuts.map(({ label, value }) => `${value} (${label})`).join(', ')}`;
}

/** Pearson below the diagonal, Spearman above it. */
function drawCorrelations({ names, pearson, spearman }: Correlations, width: number): string {
  return correlation({
    title: 'Correlations',
    description: `Between ${names.join(', ')}.`,
    names,
    values: names.map((_, row) =>
      names.map((_name, column) => (column > row ? spearman : pearson)[row]?.[column] ?? null),
    ),
    note: 'Below the diagonal Pearson, above it Spearman (ranks)',
    width,
  });
}
