import type { ReportView } from '#lib/reports/study-report/schema.ts';
import type { ReportPart } from './report-section.tsx';

/** The contents of a study's report, in the order of the page. */
export function reportParts({ study, arms }: Pick<ReportView, 'study' | 'arms'>): ReportPart[] {
  const isTwoArms = arms.length === 2;
  const hasLevels = study.axis !== null && study.axis.kind !== 'training-step';
  const parts: (ReportPart | false)[] = [
    hasLevels && { id: 'in-short', label: 'In short' },
    (hasLevels || (study.kind === 'caption' && study.axis === null)) && {
      id: 'decision',
      label: 'Decision',
    },
    study.axis !== null && !isTwoArms && { id: 'curve', label: hasLevels ? 'Curve' : 'Gains' },
    hasLevels && { id: 'arms', label: 'Arms' },
    hasLevels && !isTwoArms && { id: 'contrasts', label: 'Trend and bend' },
    { id: 'leaderboard', label: 'Leaderboard' },
    { id: 'ratings', label: isTwoArms ? 'Win shares' : 'Ratings' },
    { id: 'pairs', label: 'Who beat whom' },
    { id: 'prompts', label: 'Prompts' },
    { id: 'metric', label: 'Metric against people' },
    { id: 'sensitivity', label: 'Sensitivity' },
    { id: 'agreement', label: 'Agreement' },
    { id: 'exclusions', label: 'Votes left out' },
    { id: 'noise', label: 'Noise floor' },
    { id: 'study', label: 'Progress' },
    { id: 'methods', label: 'Methods text' },
    { id: 'exports', label: 'Export' },
  ];
  return parts.filter((part) => part !== false);
}
