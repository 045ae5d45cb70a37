import { type DotRow, dotRows } from './dot-rows.ts';
import { AGGREGATE_STYLE } from './series-style.ts';
import { BAND_EDGE, type FigureText } from './svg-figure.ts';

/** An arm's estimate, and between what it moves when one rater or one prompt is left out. */
export interface LeaveOutRow {
  readonly name: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly raters: { readonly low: number; readonly high: number } | null;
  readonly prompts: { readonly low: number; readonly high: number } | null;
}

export interface LeaveOutRanges extends FigureText {
  readonly xLabel: string;
  readonly rows: readonly LeaveOutRow[];
  readonly ratersLabel: string;
  readonly promptsLabel: string;
  readonly width?: number;
}

/** Draws estimates with their intervals and, behind them, the ranges over leaving one out. */
export function leaveOutRanges(figure: LeaveOutRanges): string {
  const { rows, ratersLabel, promptsLabel, width = 640, ...text } = figure;
  const [filled, outlined] = (['filled', 'outlined'] as const).map((look) => ({
    style: { ...AGGREGATE_STYLE, color: BAND_EDGE },
    shape: look,
  }));
  return dotRows({
    ...text,
    width,
    legend: [
      ...(filled && rows.some(({ raters }) => raters) ? [{ ...filled, name: ratersLabel }] : []),
      ...(outlined && rows.some(({ prompts }) => prompts)
        ? [{ ...outlined, name: promptsLabel }]
        : []),
    ],
    rows: rows.map(({ raters, prompts, ...row }): DotRow => {
      const whole = (value: number) => value.toFixed(0);
      const over = [
        ...(raters ? [`${whole(raters.low)} to ${whole(raters.high)} over raters`] : []),
        ...(prompts ? [`${whole(prompts.low)} to ${whole(prompts.high)} over prompts`] : []),
      ];
      return {
        ...row,
        ranges: [
          ...(raters ? [{ ...raters, look: 'filled' as const }] : []),
          ...(prompts ? [{ ...prompts, look: 'outlined' as const }] : []),
        ],
        number: whole(row.value),
        tip: [`${row.name}: ${whole(row.value)}`, ...over].join('; '),
      };
    }),
  });
}
