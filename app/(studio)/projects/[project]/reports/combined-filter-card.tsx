'use client';

import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Badge } from '#components/badge.tsx';
import { LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { TextLink } from '#components/link.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { Table } from '#components/table.tsx';
import { queries } from '#lib/client/queries.ts';
import type { DecidedMix } from '#lib/reports/decisions/schema.ts';
import { percentText } from '../studies/percent-text.ts';
import { ApplyFilter } from './apply-filter.tsx';

/** What all decided axes of a project remove together, and which ones are still open. */
export function CombinedFilterCard(props: { project: string; isHiddenEmpty?: boolean }) {
  const { project, isHiddenEmpty = false } = props;
  const filter = useQuery(queries.reports.combinedFilter.queryOptions({ input: { project } }));
  const { data } = filter;
  const file = (format: string) => `/api/v1/projects/${project}/combined-filter/${format}`;
  const hasAxes =
    data && data.axes.length + data.missing.length + (data.captionMix === null ? 0 : 1) > 0;
  if (isHiddenEmpty && !hasAxes) return null;
  return (
    <Card
      title="Combined filter"
      description="The fraction chosen on each axis and the mix of captions: what the next manifest is made by."
      actions={
        hasAxes &&
        (['yaml', 'json'] as const).map((format) => (
          <LinkButton
            key={format}
            href={file(format)}
            size="sm"
            icon={<Download aria-hidden />}
            download
          >
            {format.toUpperCase()}
            <span className="sr-only"> of the combined filter</span>
          </LinkButton>
        ))
      }
      isFlush={Boolean(hasAxes)}
    >
      {filter.isPending && <SkeletonLines count={3} />}
      <ErrorNotice error={filter.error} onRetry={() => void filter.refetch()} />
      {data && !hasAxes && (
        <p className="text-sm text-ink-faint">
          No study of this project has an axis of removed fractions, or captions, yet.
        </p>
      )}
      {data && hasAxes && (
        <>
          <Table
            caption="Combined filter"
            rows={[
              ...data.axes.map((axis) => ({ ...axis, isDecided: true as const })),
              ...data.missing.map((axis) => ({ ...axis, isDecided: false as const })),
            ]}
            rowKey={(axis) => `${axis.study} ${axis.name}`}
            columns={[
              {
                key: 'axis',
                header: 'Axis',
                cell: (axis) => (
                  <TextLink
                    href={`/projects/${project}/studies/${axis.study}/report?revision=${axis.revision}`}
                  >
                    {axis.name}
                  </TextLink>
                ),
              },
              {
                key: 'removed',
                header: 'Remove',
                isNumber: true,
                cell: (axis) => (axis.isDecided ? percentText(axis.removedFraction) : '–'),
              },
              {
                key: 'kept',
                header: 'Kept by it alone',
                isNumber: true,
                cell: (axis) => (axis.isDecided ? percentText(axis.keptAlone) : '–'),
              },
              {
                key: 'reason',
                header: 'Why',
                cell: (axis) => (
                  <span
                    className="line-clamp-3 min-w-48 [overflow-wrap:anywhere]"
                    title={axis.reason}
                  >
                    {axis.reason}
                  </span>
                ),
              },
              {
                key: 'by',
                header: 'Decided',
                isMinor: true,
                cell: (axis) =>
                  axis.isDecided
                    ? `${axis.decidedBy ?? 'Command line'}, ${new Date(axis.decidedAt).toLocaleDateString('en', { dateStyle: 'medium' })}`
                    : '–',
              },
              {
                key: 'state',
                header: 'State',
                cell: (axis) =>
                  axis.isDecided ? (
                    axis.isOutdated ? (
                      <span title={axis.reasons.join(' ')}>
                        <Badge tone="warn">look again</Badge>
                      </span>
                    ) : (
                      <Badge tone="good">decided</Badge>
                    )
                  ) : (
                    <Badge>open</Badge>
                  ),
              },
            ]}
          />
          {data.captionMix && <CaptionMix project={project} mix={data.captionMix} />}
          <p className="px-5 py-4 text-sm text-ink-faint">{data.note}</p>
          {(data.axes.length > 0 || data.captionMix) && <ApplyFilter project={project} />}
        </>
      )}
    </Card>
  );
}

/** The captions that the training set is made of. */
function CaptionMix({ project, mix }: { project: string; mix: DecidedMix }) {
  return (
    <p className="border-t border-line px-5 py-3 text-sm text-ink-soft [overflow-wrap:anywhere]">
      <span className="font-medium text-ink">Captions: </span>
      {mix.columns.map(({ arm, share }) => `${percentText(share)} ${arm}`).join(', ')}. {mix.reason}{' '}
      <TextLink href={`/projects/${project}/studies/${mix.study}/report?revision=${mix.revision}`}>
        {mix.decidedBy ?? 'Command line'},{' '}
        {new Date(mix.decidedAt).toLocaleDateString('en', { dateStyle: 'medium' })}
      </TextLink>
    </p>
  );
}
