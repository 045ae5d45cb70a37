import type { AnalysisReport } from '../analysis/schema.ts';
import type { AxisReport, ProjectReport } from '../axis-report/schema.ts';
import type { QuestionChoice } from '../schema.ts';
import type { ReportView } from '../study-report/schema.ts';
import { drawMetric, drawPrompts, drawSensitivity } from './draw-analysis.ts';
import { drawAxes } from './draw-axes.ts';
import { drawCurve, drawDifferences, drawSteps } from './draw-axis.ts';
import { drawLeaderboard, drawPairs } from './draw-ratings.ts';

/** A figure and the report that it is drawn from: plain data, which may cross to another thread. */
export type FigureSource =
  | {
      readonly figure: 'curve' | 'leaderboard' | 'win-shares' | 'wins';
      readonly report: ReportView;
    }
  | { readonly figure: 'differences' | 'steps'; readonly axis: AxisReport }
  | { readonly figure: 'prompts' | 'sensitivity'; readonly analysis: AnalysisReport }
  | {
      readonly figure: 'metric';
      readonly analysis: AnalysisReport;
      readonly metric?: string | undefined;
    }
  | { readonly figure: 'axes'; readonly project: ProjectReport };

/**
 * Draws a figure of a report, the same for page and export.
 *
 * @param width in pixels.
 * @returns an SVG that stands alone.
 */
export function drawFigure(source: FigureSource, question: QuestionChoice, width: number): string {
  switch (source.figure) {
    case 'curve':
      return drawCurve(source.report, width);
    case 'leaderboard':
      return drawLeaderboard(source.report, question, width);
    case 'win-shares':
      return drawPairs(source.report, 'shares', question, width);
    case 'wins':
      return drawPairs(source.report, 'counts', question, width);
    case 'differences':
      return drawDifferences(source.axis, question, width);
    case 'steps':
      return drawSteps(source.axis, question, width);
    case 'prompts':
      return drawPrompts(source.analysis, question, width);
    case 'sensitivity':
      return drawSensitivity(source.analysis, question, width);
    case 'metric':
      return drawMetric(source.analysis, source.metric, question, width);
    case 'axes':
      return drawAxes(source.project, width);
  }
}
