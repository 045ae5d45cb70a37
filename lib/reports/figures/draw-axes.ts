import { axisPanels } from '#lib/figures/axis-panels.ts';
import type { ProjectReport } from '../axis-report/schema.ts';
import { differenceCurves } from './axis-series.ts';
import { hasIntervals, METHOD_NAMES } from './figure-words.ts';

/** All axes of a project that have a curve, side by side. */
export function drawAxes(report: ProjectReport, width: number): string {
  const drawn = report.axes.filter(
    ({ curves, isTwoArms }) => !isTwoArms && curves.some(({ points }) => points.length > 0),
  );
  return axisPanels({
    title: 'All axes',
    description: `Elo differences of the arms of ${drawn.length} axes, each to its own reference.`,
    footnote:
      'Each axis stands against its own reference arm and has its own scales: heights of different axes do not compare.',
    panels: drawn.map((axis) => {
      const curve = differenceCurves(axis, 'mean');
      const error = hasIntervals(axis.method) ? ', 95 %' : '';
      return {
        title: axis.title,
        curve: {
          ...curve,
          yLabel: `Elo to ${curve.referenceLabel}, ${METHOD_NAMES[axis.method]}${error}`,
        },
      };
    }),
    width,
  });
}
