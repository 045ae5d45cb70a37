import { curveOptions, legendEntries } from './curve.ts';
import type { Curve, CurveSeries } from './curve-data.ts';
import { layOutLegend } from './legend.ts';
import { EDGE, type FigureText, HEADING_HEIGHT, renderPanels } from './svg-figure.ts';

/** One axis: its name, and its curve. */
export interface AxisPanel {
  readonly title: string;
  readonly curve: Curve;
}

/** Several axes side by side; each has its own scales, for axes share none. */
export interface AxisPanels extends FigureText {
  readonly panels: readonly AxisPanel[];
  readonly width?: number;
}

const PLOT_HEIGHT = 170;
/** Narrower panels would lose their labels. */
const NARROWEST = 320;
const MOST_COLUMNS = 3;

/** Draws a small curve an axis, in rows, under one legend. */
export function axisPanels(figure: AxisPanels): string {
  const width = figure.width ?? 960;
  const count = figure.panels.length;
  const columns = Math.max(1, Math.min(MOST_COLUMNS, count, Math.floor(width / NARROWEST)));
  const panelWidth = Math.floor(width / columns);
  const names = lineNames(figure.panels);
  const drawn = figure.panels.map(({ title, curve }) => ({
    title,
    options: curveOptions(
      { ...curve, series: inOrder(curve.series, names) },
      { width: panelWidth, height: PLOT_HEIGHT, names: 'none' },
    ),
  }));
  const legend = layOutLegend(commonLegend(figure.panels, names), width);
  const top = HEADING_HEIGHT + legend.height;
  const rowHeights: number[] = [];
  drawn.forEach(({ options }, i) => {
    const row = Math.floor(i / columns);
    rowHeights[row] = Math.max(rowHeights[row] ?? 0, options.height ?? 0);
  });
  const rowTop = (row: number) =>
    top + rowHeights.slice(0, row).reduce((sum, height) => sum + height, 0);
  return renderPanels(
    figure,
    {
      width,
      height: Math.max(rowTop(rowHeights.length), top + 2 * EDGE),
      marginTop: top,
      marginLeft: EDGE,
      marginRight: EDGE,
      marginBottom: 0,
      x: { axis: null },
      y: { axis: null },
      marks: legend.marks(EDGE, top),
    },
    drawn.map(({ title, options }, i) => ({
      title,
      x: (i % columns) * panelWidth,
      y: rowTop(Math.floor(i / columns)),
      options,
    })),
  );
}

/** The names of all lines that are no aggregate, so that one name looks the same in all panels. */
function lineNames(panels: readonly AxisPanel[]): string[] {
  const series = panels.flatMap(({ curve }) => curve.series);
  return [...new Set(series.filter((one) => !one.isAggregate).map(({ name }) => name))];
}

/** Lines that a panel lacks stand there empty, to keep the looks of the others. */
function inOrder(series: readonly CurveSeries[], names: readonly string[]): CurveSeries[] {
  const aggregate = series.filter(({ isAggregate }) => isAggregate);
  const own = names.map(
    (name) =>
      series.find((one) => !one.isAggregate && one.name === name) ?? {
        name,
        isAggregate: false,
        points: [],
      },
  );
  return [...own, ...aggregate];
}

function commonLegend(panels: readonly AxisPanel[], names: readonly string[]) {
  const curves = panels.map(({ curve }) => curve);
  const aggregate = curves.flatMap(({ series }) => series).find(({ isAggregate }) => isAggregate);
  const controls = curves.flatMap(({ series }) => series.flatMap((one) => one.controls ?? []));
  const first = <Key extends 'controlLabel' | 'bandLabel' | 'referenceLabel'>(key: Key) =>
    curves.find((curve) => curve[key] !== undefined)?.[key];
  const series: CurveSeries[] = names.map((name) => ({ name, isAggregate: false, points: [] }));
  if (aggregate) series.push({ name: aggregate.name, isAggregate: true, points: [], controls });
  else if (series[0]) series[0] = { ...series[0], controls };
  const [controlLabel, bandLabel] = [first('controlLabel'), first('bandLabel')];
  return legendEntries({
    series,
    ...(controlLabel === undefined ? {} : { controlLabel }),
    ...(bandLabel === undefined ? {} : { bandLabel }),
    referenceLabel: first('referenceLabel'),
  });
}
