import { type DotRow, dotRows } from './dot-rows.ts';
import type { FigureText } from './svg-figure.ts';

/** One arm with its rating; the interval is left out where there is none. */
export interface LeaderboardRow {
  readonly name: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Drawn hollow and pale. */
  readonly isProvisional: boolean;
}

export interface LeaderboardIntervals extends FigureText {
  /** Of the ratings with their interval, for example "Elo, 95 % interval". */
  readonly xLabel: string;
  /** Drawn best first, whatever their order. */
  readonly rows: readonly LeaderboardRow[];
  /** What hollow dots are called; told where there is one. */
  readonly provisionalLabel?: string;
  /** In pixels; default 640. On a narrow screen draw narrower instead of shrinking the text. */
  readonly width?: number;
}

const NARROW = 480;

/** Draws ratings as dots with their intervals, one row an arm, best on top, numbers beside. */
export function leaderboardIntervals(figure: LeaderboardIntervals): string {
  const { rows, provisionalLabel = 'provisional', width = 640, ...text } = figure;
  const hasProvisional = rows.some(({ isProvisional }) => isProvisional);
  return dotRows({
    ...text,
    width,
    xLabel: hasProvisional ? `${figure.xLabel} (○ ${provisionalLabel})` : figure.xLabel,
    rows: [...rows]
      .sort((a, b) => b.value - a.value)
      .map(
        ({ isProvisional, ...row }): DotRow => ({
          ...row,
          isHollow: isProvisional,
          number: numberOf(row, width < NARROW),
          tip: `${row.name}: ${numberOf(row, false)}`,
        }),
      ),
  });
}

function numberOf(
  { value, low, high }: Pick<LeaderboardRow, 'value' | 'low' | 'high'>,
  isShort: boolean,
): string {
  const whole = (number: number) => number.toFixed(0);
  return isShort || low === null || high === null
    ? whole(value)
    : `${whole(value)} (${whole(low)} to ${whole(high)})`;
}
