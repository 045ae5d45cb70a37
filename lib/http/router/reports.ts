import { getAnalysis } from '#lib/reports/analysis/get-analysis.ts';
import { getAxisReport } from '#lib/reports/axis-report/get-axis-report.ts';
import { getProjectReport } from '#lib/reports/axis-report/get-project-report.ts';
import { exportBundle } from '#lib/reports/bundle/export-bundle.ts';
import { getMethods } from '#lib/reports/bundle/read-methods.ts';
import { listComparisonVotes } from '#lib/reports/comparisons/list-comparison-votes.ts';
import { listComparisons } from '#lib/reports/comparisons/list-comparisons.ts';
import { applyFilter } from '#lib/reports/confirmation/apply-filter.ts';
import { linkAxes } from '#lib/reports/confirmation/link-axes.ts';
import { prepareConfirmation } from '#lib/reports/confirmation/prepare-confirmation.ts';
import { combineFilter, exportCombinedFilter } from '#lib/reports/decisions/combined-filter.ts';
import { listDecisions } from '#lib/reports/decisions/list-decisions.ts';
import { recordDecision } from '#lib/reports/decisions/record-decision.ts';
import { exportAxesFigure, exportFigure } from '#lib/reports/exports/export-figure.ts';
import { exportRatings } from '#lib/reports/exports/export-ratings.ts';
import { exportVotes } from '#lib/reports/exports/export-votes.ts';
import { getRecompute, requestRecompute } from '#lib/reports/snapshots/request-recompute.ts';
import { getReport } from '#lib/reports/study-report/get-report.ts';
import { base } from './base.ts';

export const reportsRouter = base.reports.router({
  methods: base.reports.methods.handler(({ context: { platform, actor }, input }) =>
    getMethods(platform, actor, input),
  ),
  exportBundle: base.reports.exportBundle.handler(({ context: { platform, actor }, input }) =>
    exportBundle(platform, actor, input),
  ),
  decisions: base.reports.decisions.handler(({ context: { platform, actor }, input }) =>
    listDecisions(platform, actor, input),
  ),
  decide: base.reports.decide.handler(({ context: { platform, actor }, input }) =>
    recordDecision(platform, actor, input),
  ),
  combinedFilter: base.reports.combinedFilter.handler(({ context: { platform, actor }, input }) =>
    combineFilter(platform, actor, input),
  ),
  exportCombinedFilter: base.reports.exportCombinedFilter.handler(
    ({ context: { platform, actor }, input }) => exportCombinedFilter(platform, actor, input),
  ),
  filterLinks: base.reports.filterLinks.handler(({ context: { platform, actor }, input }) =>
    linkAxes(platform, actor, input),
  ),
  applyFilter: base.reports.applyFilter.handler(({ context: { platform, actor }, input }) =>
    applyFilter(platform, actor, input),
  ),
  prepareConfirmation: base.reports.prepareConfirmation.handler(
    ({ context: { platform, actor }, input }) => prepareConfirmation(platform, actor, input),
  ),
  axis: base.reports.axis.handler(({ context: { platform, actor }, input }) =>
    getAxisReport(platform, actor, input),
  ),
  analysis: base.reports.analysis.handler(({ context: { platform, actor }, input }) =>
    getAnalysis(platform, actor, input),
  ),
  project: base.reports.project.handler(({ context: { platform, actor }, input }) =>
    getProjectReport(platform, actor, input),
  ),
  recompute: base.reports.recompute.handler(({ context: { platform, actor }, input }) =>
    requestRecompute(platform, actor, input),
  ),
  recomputed: base.reports.recomputed.handler(({ context: { platform, actor }, input }) =>
    getRecompute(platform, actor, input),
  ),
  report: base.reports.report.handler(({ context: { platform, actor }, input }) =>
    getReport(platform, actor, input),
  ),
  comparisons: base.reports.comparisons.handler(({ context: { platform, actor }, input }) =>
    listComparisons(platform, actor, input),
  ),
  comparisonVotes: base.reports.comparisonVotes.handler(({ context: { platform, actor }, input }) =>
    listComparisonVotes(platform, actor, input),
  ),
  exportVotes: base.reports.exportVotes.handler(({ context: { platform, actor }, input }) =>
    exportVotes(platform, actor, input),
  ),
  exportRatings: base.reports.exportRatings.handler(({ context: { platform, actor }, input }) =>
    exportRatings(platform, actor, input),
  ),
  exportAxesFigure: base.reports.exportAxesFigure.handler(
    ({ context: { platform, actor }, input }) => exportAxesFigure(platform, actor, input),
  ),
  exportFigure: base.reports.exportFigure.handler(({ context: { platform, actor }, input }) =>
    exportFigure(platform, actor, input),
  ),
});
