import { axisCurve } from '#lib/figures/axis-curve.ts';
import type { CurvePoint } from '#lib/figures/curve-data.ts';
import { differenceCurve } from '#lib/figures/difference-curve.ts';
import { stepGains } from '#lib/figures/step-gains.ts';
import type { AxisReport } from '../axis-report/schema.ts';
import type { QuestionChoice } from '../schema.ts';
import type { ReportView } from '../study-report/schema.ts';
import {
  type AxisData,
  clipsByLevel,
  differenceCurves,
  levelLabel,
  shownLevel,
} from './axis-series.ts';
import {
  chosenPart,
  curveName,
  footnoteOf,
  foreignVotes,
  hasIntervals,
  METHOD_NAMES,
  PAPER_ELO_WARNING,
  questionName,
  votesText,
} from './figure-words.ts';

/** Elo differences to the reference arm over the levels: a line a question and the mean. */
export function drawDifferences(
  report: AxisReport,
  question: QuestionChoice,
  width: number,
): string {
  const data: AxisData = { ...report, axis: report.study.axis };
  const curve = differenceCurves(data, question);
  return differenceCurve({
    ...curve,
    title: report.study.title,
    description: `${curve.yLabel} over ${curve.xLabel}, a line for each question. ${originOf(report)}.`,
    footnote: axisFootnote(report),
    clips: clipsByLevel(data),
    width,
  });
}

/** The Elo gain of each series over the lowest at each training step. */
export function drawSteps(report: AxisReport, question: QuestionChoice, width: number): string {
  const part = chosenPart(report.steps, question);
  const names = [...new Set(part?.steps.flatMap(({ series }) => series.map((one) => one.series)))];
  const error = hasIntervals(report.method) ? ', 95 % interval' : '';
  return stepGains({
    title: part ? `${report.study.title} · ${curveName(part)}` : report.study.title,
    description: `Elo gain of each series over the lowest one, at each step. ${originOf(report)}.`,
    footnote: axisFootnote(report),
    xLabel: levelLabel(report.study.axis),
    yLabel: `Elo gain over the lowest at that step (${METHOD_NAMES[report.method]})${error}`,
    series: names.map((name) => ({
      name,
      points: (part?.steps ?? []).flatMap(({ step, series }): CurvePoint[] => {
        const own = series.find((one) => one.series === name);
        if (!own || own.gain === null) return [];
        const isBare = own.provisional || own.isLowest;
        return [
          {
            level: step,
            name: own.arm,
            value: own.gain,
            low: isBare ? null : own.low,
            high: isBare ? null : own.high,
          },
        ];
      }),
    })),
    width,
  });
}

/** Elo itself over the levels, without a reference. */
export function drawCurve(report: ReportView, width: number): string {
  const { axis } = report.study;
  const levels = new Map(report.arms.map((arm) => [arm.name, arm.level]));
  const snapshot = report.snapshots.at(-1);
  const foreign = snapshot ? foreignVotes(report.breakdown, snapshot.exclusion) : [];
  const origin = snapshot ? [`${snapshot.votes} votes`, ...foreign].join('; ') : 'No votes yet';
  const error = hasIntervals(report.method) ? ', 95 % interval' : '';
  return axisCurve({
    title: report.study.title,
    description: `Elo of each arm over ${levelLabel(axis)}, a line for each question. ${origin}.`,
    footnote: footnoteOf([...foreign, ...paperWarning(report.method)]),
    xLabel: levelLabel(axis),
    yLabel: `Elo (${METHOD_NAMES[report.method]})${error}`,
    series: report.snapshots.map((one) => ({
      name: questionName(report.questions, one.question),
      isAggregate: one.question === null,
      points: one.arms.flatMap((arm): CurvePoint[] => {
        const level = levels.get(arm.name) ?? null;
        // A provisional arm's interval can be thousands wide and would flatten all the others.
        const bounds = arm.provisional
          ? { low: null, high: null }
          : { low: arm.eloLow, high: arm.eloHigh };
        return level === null
          ? []
          : [{ level: shownLevel(axis, level), name: arm.name, value: arm.elo, ...bounds }];
      }),
    })),
    width,
  });
}

function originOf({ snapshot, breakdown }: AxisReport): string {
  if (snapshot === null) return 'No votes yet';
  return [votesText(snapshot.votes), ...foreignVotes(breakdown, snapshot.exclusion)].join('; ');
}

function axisFootnote({ snapshot, breakdown, curves, steps, method }: AxisReport) {
  const isProvisional =
    curves.some(({ points }) => points.some(({ provisional }) => provisional)) ||
    steps.some((part) => part.steps.some(({ series }) => series.some((one) => one.provisional)));
  return footnoteOf([
    ...(snapshot ? foreignVotes(breakdown, snapshot.exclusion) : []),
    ...(isProvisional ? ['provisional arms are drawn without an interval'] : []),
    ...paperWarning(method),
  ]);
}

function paperWarning(method: AxisReport['method']): string[] {
  return method === 'elo-paper' ? [PAPER_ELO_WARNING] : [];
}
