'use client';

import { useQuery } from '@tanstack/react-query';
import { ChartSpline, Download } from 'lucide-react';
import { LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { api } from '#lib/client/api.ts';
import { queries } from '#lib/client/queries.ts';
import type { ProjectReport } from '#lib/reports/axis-report/schema.ts';
import { DrawnFigure } from '../../../../_parts/drawn-figure.tsx';
import { AxisCard } from './axis-card.tsx';
import { CombinedFilterCard } from './combined-filter-card.tsx';

/** While a study runs, its numbers are asked for again this often. */
const LIVE_MS = 10_000;

/** All axes of a project: their curves side by side, what was decided, and the filter of all. */
export function ReportsView({ project }: { project: string }) {
  const report = useQuery(
    queries.reports.project.queryOptions({
      input: { project },
      refetchInterval: ({ state: { data } }) =>
        data?.axes.some(({ state, isStale }) => state === 'running' || isStale) ? LIVE_MS : false,
    }),
  );
  return (
    <>
      <PageHeader
        title="Reports"
        description="Every axis of the project: what each filter does, and what was decided."
      />
      {report.isPending ? (
        <SkeletonLines count={8} />
      ) : report.data ? (
        <Axes project={project} report={report.data} />
      ) : (
        <ErrorNotice
          title="The reports can't be shown"
          error={report.error}
          onRetry={() => void report.refetch()}
        />
      )}
    </>
  );
}

function Axes({ project, report }: { project: string; report: ProjectReport }) {
  const { axes } = report;
  if (axes.length === 0)
    return (
      <div className="flex flex-col gap-6">
        <EmptyState
          icon={<ChartSpline />}
          title="No study of an axis yet"
          action={<LinkButton href={`/projects/${project}/studies`}>To the studies</LinkButton>}
        >
          An axis study compares models that differ in one thing alone, such as the fraction of
          clips that a filter removes. Give a study an axis and its arms a level each; once it
          opens, its curve and its decision stand here beside those of the other axes.
        </EmptyState>
        {/* A study of captions alone has a mix to apply. */}
        <CombinedFilterCard project={project} isHiddenEmpty />
      </div>
    );
  const drawn = axes.filter(
    ({ isTwoArms, curves }) => !isTwoArms && curves.some(({ points }) => points.length > 0),
  );
  const version = axes.map(({ snapshot }) => snapshot?.id ?? 0);
  return (
    <div className="flex flex-col gap-6">
      {drawn.length > 0 && (
        <Card
          title="All axes"
          description="Elo differences of each axis to its own reference arm. Axes share no common scale: compare shapes, not heights."
          actions={(['svg', 'png'] as const).map((format) => (
            <LinkButton
              key={format}
              href={`/api/v1/projects/${project}/exports/figures/axes/${format}`}
              size="sm"
              icon={<Download aria-hidden />}
              download
            >
              {format.toUpperCase()}
              <span className="sr-only"> of all axes</span>
            </LinkButton>
          ))}
        >
          <DrawnFigure
            figureKey={['axes', project, version]}
            draw={(width) => api.reports.exportAxesFigure({ project, format: 'svg', width })}
          />
        </Card>
      )}
      <ul className="grid gap-4 md:grid-cols-2">
        {axes.map((axis) => (
          <li key={axis.slug} className="flex">
            <AxisCard project={project} axis={axis} />
          </li>
        ))}
      </ul>
      <CombinedFilterCard project={project} />
    </div>
  );
}
