import * as Plot from '@observablehq/plot';
import { xTitle, yTitle } from './axis-title.ts';
import { numberText } from './number-text.ts';
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

/** Pairs of clips whose scores lie about `gap` apart. */
export interface CalibrationBin {
  readonly gap: number;
  /** Of votes for the clip with the higher score, in [0, 1], ties as half. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly votes: number;
}

export interface Calibration extends FigureText {
  readonly xLabel: string;
  readonly yLabel: string;
  /** What a share of one half says, for example "the score says nothing". */
  readonly halfLabel: string;
  readonly bins: readonly CalibrationBin[];
  readonly width?: number;
}

/** Draws how often people prefer the clip that a metric prefers, over how far the scores lie apart. */
export function calibration(figure: Calibration): string {
  const width = figure.width ?? 640;
  const bins = figure.bins.map((bin) => ({
    ...bin,
    percent: 100 * bin.share,
    from: 100 * bin.low,
    to: 100 * bin.high,
  }));
  const ends = bins.flatMap(({ from, to }) => [from, to]);
  const above = yTitle(figure.yLabel, width);
  const marginTop = HEADING_HEIGHT + 30 + above.extraHeight;
  const [marginLeft, marginRight] = [42, EDGE + 6];
  const below = xTitle(figure.xLabel, { width, marginLeft, marginRight, below: 46 });
  const marginBottom = 62 + below.extraHeight;
  const gaps = bins.map(({ gap }) => gap);
  const isFlat = !(Math.min(...gaps) < Math.max(...gaps));
  type Bin = (typeof bins)[number];
  const x = ({ gap }: Bin) => gap;
  const look = { fontSize: FONT_SIZE, fill: MUTED };
  return renderFigure(figure, {
    width,
    height: marginTop + marginBottom + 220,
    marginTop,
    marginLeft,
    marginBottom,
    marginRight,
    x: {
      label: null,
      insetLeft: 26,
      insetRight: 26,
      ...(isFlat ? { domain: [(gaps[0] ?? 0) - 1, (gaps[0] ?? 0) + 1] } : {}),
    },
    y: {
      label: null,
      nice: true,
      domain: [Math.min(40, ...ends), Math.max(60, ...ends)],
    },
    marks: [
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks: 5 }),
      Plot.axisY({ ticks: 5, tickSize: 0, fontSize: FONT_SIZE, tickFormat: numberText }),
      Plot.axisX({ ticks: 5, fontSize: FONT_SIZE, tickFormat: numberText, dy: 14 }),
      ...below.marks,
      ...above.marks(marginLeft, 20),
      Plot.ruleY([50], { stroke: MUTED, strokeDasharray: '5 3' }),
      Plot.text([figure.halfLabel], {
        ...look,
        y: [50],
        frameAnchor: 'right',
        textAnchor: 'end',
        dy: -8,
        stroke: 'white',
        strokeWidth: 4,
      }),
      Plot.ruleX(bins, { x, y1: 'from', y2: 'to', stroke: INK, strokeWidth: 1.5 }),
      Plot.dot(bins, {
        x,
        y: 'percent',
        r: 4.5,
        fill: INK,
        title: (bin) =>
          `${numberText(bin.gap)} apart: ${bin.percent.toFixed(1)} % (${bin.from.toFixed(1)} to ${bin.to.toFixed(1)}), ${bin.votes} votes`,
      }),
      Plot.text(bins, {
        x,
        text: ({ votes }) => String(votes),
        frameAnchor: 'bottom',
        dy: 10,
        fontSize: 10,
        fill: MUTED,
        title: ({ votes }) => `${votes} votes`,
      }),
    ],
  });
}
