import * as Plot from '@observablehq/plot';
import { xTitle, yTitle } from './axis-title.ts';
import type { Curve, CurveSeries } from './curve-data.ts';
import {
  bandMarks,
  byLevel,
  DODGE,
  endLabels,
  haloText,
  type StyledSeries,
  seriesMarks,
} from './curve-marks.ts';
import { domainOf, plotHeight, thinned, valueText, widestTick } from './curve-scales.ts';
import { type LegendEntry, layOutLegend } from './legend.ts';
import { numberText } from './number-text.ts';
import { AGGREGATE_STYLE, type SeriesStyle, seriesStyle } from './series-style.ts';
import { EDGE, FAINT, FONT_SIZE, HEADING_HEIGHT, MUTED } from './svg-figure.ts';
import { textWidth } from './text-width.ts';

const REFERENCE_STYLE: SeriesStyle = { ...AGGREGATE_STYLE, color: MUTED };

export interface CurvePlace {
  readonly width: number;
  /** Of the plot, without heading, legend and labels. */
  readonly height?: number;
  /** Names stand at the line ends where there is room for them; else in the legend. */
  readonly names: 'ends' | 'legend' | 'none';
}

/** Lays out a curve: lines a question and the aggregate, with error bars, over their levels. */
export function curveOptions(curve: Curve, place: CurvePlace): Plot.PlotOptions {
  const { width } = place;
  const styled = styleSeries(curve.series);
  const band = curve.bandLabel === undefined ? undefined : bandSeries(styled);
  const legend = layOutLegend(
    place.names === 'none'
      ? []
      : legendEntries(
          place.names === 'legend' ? curve : { ...curve, referenceLabel: undefined },
          place.names === 'legend' ? styled : [],
          band !== undefined,
        ),
    width,
  );
  const points = styled.flatMap((series) => [...series.points, ...(series.controls ?? [])]);
  const values = points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  if (curve.reference !== undefined) values.push(curve.reference);
  for (const { jointLow, jointHigh } of band?.points ?? []) {
    if (typeof jointLow === 'number' && typeof jointHigh === 'number')
      values.push(jointLow, jointHigh);
  }
  const upperRoom = curve.upper === undefined ? 0 : upperHeight(curve, width);
  const above = yTitle(curve.yLabel, width);
  const marginTop = HEADING_HEIGHT + legend.height + 30 + above.extraHeight + upperRoom;
  const marginLeft = 24 + widestTick(values, valueText(curve.reference === 0));
  const labelRoom = place.names === 'ends' ? endRoom(curve, styled, width) : 0;
  const marginRight = EDGE + 6 + (labelRoom > 0 ? labelRoom + 6 : 0);
  const below = xTitle(curve.xLabel, { width, marginLeft, marginRight });
  const marginBottom = 46 + below.extraHeight;
  const offset = (s: number) => (s - (styled.length - 1) / 2) * DODGE;
  const reach = ((styled.length - 1) / 2) * DODGE;
  const hasControls = styled.some(({ controls = [] }) => controls.length > 0);
  // Controls stand right of all lines at their level.
  const controlReach = hasControls ? reach + DODGE * (styled.length + 1) : reach;
  const levels = [...new Set(points.map(({ level }) => level))].sort((a, b) => a - b);
  const levelText = curve.levelText ?? numberText;
  const room = width - marginLeft - marginRight;
  const upperTicks = new Map(curve.upper?.ticks.map(({ level, text }) => [level, text]));
  return {
    width,
    height: marginTop + marginBottom + (place.height ?? plotHeight(width)),
    marginTop,
    marginLeft,
    marginBottom,
    marginRight,
    x: { label: null, insetLeft: 14 + reach, insetRight: 14 + controlReach },
    y: { label: null, nice: true, insetTop: 4, insetBottom: 4, ...domainOf(values) },
    marks: [
      ...(band ? bandMarks(band, offset(styled.indexOf(band))) : []),
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks: 5 }),
      Plot.axisY({
        ticks: 5,
        tickSize: 0,
        fontSize: FONT_SIZE,
        tickFormat: valueText(curve.reference === 0),
      }),
      Plot.axisX(thinned(levels, levelText, room), {
        tickSize: 5,
        fontSize: FONT_SIZE,
        tickFormat: levelText,
      }),
      ...(curve.upper === undefined
        ? []
        : [
            Plot.axisX(
              thinned(
                [...upperTicks.keys()].sort((a, b) => a - b),
                (l) => upperTicks.get(l) ?? '',
                room,
              ),
              {
                anchor: 'top',
                tickSize: 5,
                fontSize: FONT_SIZE,
                tickFormat: (level: number) => upperTicks.get(level) ?? '',
                fill: MUTED,
              },
            ),
          ]),
      ...below.marks,
      ...above.marks(marginLeft, 20 + upperRoom),
      ...upperTitle(curve, marginLeft, labelRoom > 0 ? 0 : marginRight - EDGE, upperRoom),
      ...(curve.reference === undefined
        ? []
        : [Plot.ruleY([curve.reference], { stroke: MUTED, strokeWidth: 1.25 })]),
      ...styled.flatMap((series, s) => {
        return seriesMarks(series, offset(s), offset(s) + DODGE * (styled.length + 1));
      }),
      ...(labelRoom > 0 ? controlNames(curve, styled, controlReach) : []),
      ...(labelRoom > 0 ? [endLabels(styled, referenceOf(curve), labelRoom)] : []),
      ...legend.marks(marginLeft, marginTop),
    ],
  };
}

/** Gives each question's line its own look; the aggregate is black. */
function styleSeries(series: readonly CurveSeries[]): StyledSeries[] {
  let questions = 0;
  return series.map((one) => ({
    ...one,
    style: one.isAggregate ? AGGREGATE_STYLE : seriesStyle(questions++),
  }));
}

/** A band behind every line would hide the others: only the aggregate's, or the only line's. */
function bandSeries(styled: readonly StyledSeries[]): StyledSeries | undefined {
  return (
    styled.find(({ isAggregate }) => isAggregate) ?? (styled.length === 1 ? styled[0] : undefined)
  );
}

/** What the legend of a curve says: lines unless they are named at their ends, controls, the band. */
export function legendEntries(
  curve: Pick<Curve, 'series' | 'controlLabel' | 'bandLabel' | 'referenceLabel'>,
  lines: readonly StyledSeries[] = styleSeries(curve.series),
  hasBand = curve.bandLabel !== undefined,
): LegendEntry[] {
  const entries: LegendEntry[] = lines.map(({ name, style }) => ({ name, style }));
  if (curve.series.some(({ controls = [] }) => controls.length > 0))
    entries.push({
      name: curve.controlLabel ?? 'Control',
      style: { ...AGGREGATE_STYLE, color: MUTED },
      shape: 'point',
    });
  if (curve.referenceLabel !== undefined)
    entries.push({ name: curve.referenceLabel, style: REFERENCE_STYLE, shape: 'rule' });
  if (hasBand && curve.bandLabel !== undefined)
    entries.push({ name: curve.bandLabel, style: AGGREGATE_STYLE, shape: 'band' });
  return entries;
}

function referenceOf({ reference, referenceLabel }: Curve) {
  return reference === undefined || referenceLabel === undefined
    ? null
    : { value: reference, label: referenceLabel };
}

/** Names the controls once, right of the last of those at the lowest level, if there is room. */
function controlNames(
  curve: Curve,
  styled: readonly StyledSeries[],
  controlReach: number,
): Plot.Markish[] {
  const controls = styled.flatMap((series) => series.controls ?? []);
  const level = Math.min(...controls.map((control) => control.level));
  const levels = styled.flatMap(({ points }) => points.map((point) => point.level));
  const named = controls.filter((control) => control.level === level).at(-1);
  if (named === undefined || level >= Math.max(...levels)) return [];
  return [
    haloText(curve.controlLabel ?? 'Control', {
      x: [level],
      y: [named.value],
      dx: controlReach + 8,
      textAnchor: 'start',
    }),
  ];
}

function endRoom(curve: Curve, styled: readonly StyledSeries[], width: number): number {
  const named = styled.filter(({ points }) => byLevel(points).length > 0).map(({ name }) => name);
  if (curve.referenceLabel !== undefined) named.push(curve.referenceLabel);
  const widest = named.reduce((most, name) => Math.max(most, textWidth(name, FONT_SIZE)), 0);
  return Math.min(widest + 4, width * 0.28);
}

/** The name of the second scale: over its right end, or in a row of its own. */
function upperTitle(
  { upper }: Curve,
  marginLeft: number,
  dxRight: number,
  upperRoom: number,
): Plot.Markish[] {
  if (upper === undefined) return [];
  const look = { fontSize: FONT_SIZE, fill: MUTED };
  return [
    upperRoom > ONE_ROW
      ? Plot.text([upper.label], {
          ...look,
          frameAnchor: 'top-left',
          textAnchor: 'start',
          dx: EDGE - marginLeft,
          dy: -20 - ONE_ROW,
        })
      : Plot.text([upper.label], {
          ...look,
          frameAnchor: 'top-right',
          textAnchor: 'end',
          dx: dxRight,
          dy: -20 - upperRoom,
        }),
  ];
}

/** The second scale takes a row for its ticks, and one for its name where that has no room beside. */
const ONE_ROW = 16;
function upperHeight({ yLabel, upper }: Curve, width: number): number {
  const taken = textWidth(`${yLabel}    ${upper?.label ?? ''}`, FONT_SIZE);
  return taken <= width - 2 * EDGE ? ONE_ROW : 2 * ONE_ROW;
}
