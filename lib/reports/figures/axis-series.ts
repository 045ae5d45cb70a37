import type { Curve, CurvePoint, CurveSeries } from '#lib/figures/curve-data.ts';
import { bandLabel } from '#lib/figures/difference-curve.ts';
import type { Axis } from '#lib/studies/schema.ts';
import type { AxisCurve, AxisPoint } from '../axis-report/schema.ts';
import type { QuestionChoice, RankingMethod } from '../schema.ts';
import { curveName, hasIntervals, METHOD_NAMES } from './figure-words.ts';

/** What differences along an axis are drawn from. */
export interface AxisData {
  readonly axis: Axis | null;
  readonly method: RankingMethod;
  readonly reference: string | null;
  readonly curves: readonly AxisCurve[];
}

/** Levels as an axis shows them: removed fractions in percent. */
export function shownLevel(axis: Axis | null, level: number): number {
  // Without the noise that 0.29 x 100 leaves.
  return axis?.kind === 'removed-fraction' ? Number((100 * level).toFixed(6)) : level;
}

export function levelLabel(axis: Axis | null): string {
  if (axis === null) return 'Level';
  if (axis.kind === 'removed-fraction') return `Removed by ${axis.name} (%)`;
  return axis.unit === '' ? axis.name : `${axis.name} (${axis.unit})`;
}

/** What differences are to: the unfiltered arm, or the arm of the smallest level by its name. */
export function referenceName({ axis, reference, curves }: AxisData): string {
  const point = curves.flatMap(({ points }) => points).find(({ isReference }) => isReference);
  return axis?.kind === 'removed-fraction' && point?.level === 0
    ? 'unfiltered'
    : (reference ?? 'the reference');
}

/** The curves of an axis as differences to its reference; of one question, or all with their mean. */
export function differenceCurves(data: AxisData, question: QuestionChoice): DifferenceData {
  const chosen = data.curves.filter((curve) => question === 'mean' || curve.question === question);
  const reference = referenceName(data);
  const hasError = hasIntervals(data.method);
  const series = chosen.map(
    (curve): CurveSeries => ({
      name: curveName(curve),
      isAggregate: curve.question === null,
      points: pointsOf(data.axis, curve, 'level'),
      controls: [
        ...pointsOf(data.axis, curve, 'control'),
        ...pointsOf(data.axis, curve, 'replica'),
      ],
    }),
  );
  return {
    xLabel: levelLabel(data.axis),
    yLabel: `Elo difference to ${reference} (${METHOD_NAMES[data.method]})${hasError ? ', 95 % interval' : ''}`,
    referenceLabel: reference,
    reference: 0,
    controlLabel: controlName(chosen),
    ...(hasError && series.length > 0 ? { bandLabel: bandLabel(series) } : {}),
    series,
  };
}

export type DifferenceData = Curve & { readonly referenceLabel: string };

function controlName(curves: readonly AxisCurve[]): string {
  const roles = new Set(curves.flatMap(({ points }) => points.map(({ role }) => role)));
  if (!roles.has('replica')) return 'Random drop';
  return roles.has('control') ? 'Random drop, or the same model again' : 'The same model again';
}

function pointsOf(axis: Axis | null, curve: AxisCurve, role: AxisPoint['role']): CurvePoint[] {
  return curve.points.flatMap((point) => {
    const value = point.isReference ? 0 : point.difference;
    if (point.role !== role || value === null) return [];
    // A provisional arm's interval can be thousands wide and would flatten all the others.
    const hidden = point.provisional || point.isReference;
    const joint = point.isReference ? 0 : null;
    return [
      {
        level: shownLevel(axis, point.level),
        name: point.arm,
        value,
        low: hidden ? null : point.low,
        high: hidden ? null : point.high,
        jointLow: hidden ? joint : point.jointLow,
        jointHigh: hidden ? joint : point.jointHigh,
      },
    ];
  });
}

/** How many clips each level keeps, for the second scale; empty where that is not known. */
export function clipsByLevel({ axis, curves }: AxisData): { level: number; clips: number }[] {
  const points = curves.at(-1)?.points.filter(({ role }) => role === 'level') ?? [];
  const all = points.find(({ isReference }) => isReference)?.clips ?? null;
  return points.flatMap((point) => {
    const clips =
      point.clips ?? (all !== null && point.kept !== null ? Math.round(all * point.kept) : null);
    return clips === null ? [] : [{ level: shownLevel(axis, point.level), clips }];
  });
}
