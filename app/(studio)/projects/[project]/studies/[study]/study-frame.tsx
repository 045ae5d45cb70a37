'use client';

import { useQuery } from '@tanstack/react-query';
import { usePathname, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { Badge } from '#components/badge.tsx';
import { LinkButton } from '#components/button.tsx';
import { TextLink } from '#components/link.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { Tabs } from '#components/tabs.tsx';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';
import { StateBadge } from '../state-badge.tsx';
import { readRevision, type StudyAddress, studyHref } from '../study-address.ts';
import { StudyMenu } from './study-menu.tsx';
import { studyQuery } from './study-query.ts';

const PARTS = [
  { part: '', label: 'Overview' },
  { part: '/grid', label: 'Grid' },
  { part: '/report', label: 'Report' },
  { part: '/comparisons', label: 'Comparisons' },
  { part: '/raters', label: 'Raters' },
];

/** The top of all pages of a study. Without such a study nothing below it is shown. */
export function StudyFrame(props: { project: string; study: string; children: ReactNode }) {
  const { project, study, children } = props;
  const revision = readRevision(useSearchParams().get('revision'));
  const path = usePathname();
  const address: StudyAddress = { project, study, revision };
  const detail = useQuery(studyQuery(address));
  const crumbs = [{ href: `/projects/${project}/studies`, label: 'Studies' }];
  if (detail.isError && !detail.data)
    return (
      <>
        <PageHeader title={study} crumbs={crumbs} />
        <ErrorNotice error={detail.error} onRetry={() => void detail.refetch()} />
      </>
    );
  const isEditing = path === studyHref({ project, study }, '/edit');
  const tabs = PARTS.map(({ part, label }) => ({
    href: studyHref(address, part),
    label,
    isCurrent: path === studyHref({ project, study }, part),
  }));
  return (
    <>
      <PageHeader
        title={detail.data?.title ?? <Skeleton className="my-1 h-7 w-64" />}
        crumbs={crumbs}
        badges={detail.data && <Badges study={detail.data} />}
        actions={
          detail.data && (
            <>
              {/* An older revision is history: the newest one is changed. */}
              {!isEditing && detail.data.revisions[0]?.revision === detail.data.revision && (
                <LinkButton href={studyHref(address, '/edit')}>
                  {detail.data.state === 'draft' ? 'Edit' : 'Revise'}
                </LinkButton>
              )}
              <StudyMenu address={address} study={detail.data} />
            </>
          )
        }
      />
      {detail.data && <NewestHint address={address} study={detail.data} />}
      <div className="mb-6 border-b border-line">
        <Tabs label="Parts of the study" tabs={tabs} />
      </div>
      {children}
    </>
  );
}

function Badges({ study }: { study: StudyDetail }) {
  return (
    <>
      <StateBadge state={study.state} />
      {study.revisions.length > 1 && <Badge>Revision {study.revision}</Badge>}
      {study.isArchived && <Badge>Archived</Badge>}
      {study.kind === 'caption' && <Badge>Captions</Badge>}
    </>
  );
}

/** Says that another revision is newer, or still open. */
function NewestHint({ address, study }: { address: StudyAddress; study: StudyDetail }) {
  const newest = study.revisions[0];
  const { project, study: slug } = address;
  const open = study.revisions.find((one) => one.state === 'running' || one.state === 'paused');
  const isOlder = newest && newest.revision !== study.revision;
  const other = isOlder ? newest : open?.revision === study.revision ? undefined : open;
  if (!other) return null;
  const href = studyHref(
    isOlder ? { project, study: slug } : { project, study: slug, revision: other.revision },
  );
  return (
    <p className="-mt-2 mb-4 text-sm text-ink-soft">
      {isOlder
        ? 'This is an older revision. '
        : `Revision ${other.revision} stays ${other.state} until this one opens. `}
      <TextLink href={href}>Go to revision {other.revision}</TextLink>
    </p>
  );
}
