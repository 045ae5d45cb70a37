import { Snowflake } from 'lucide-react';
import type { ReactNode } from 'react';
import { TextLink } from '#components/link.tsx';
import type { SnapshotHead } from '#lib/reports/schema.ts';
import { type StudyAddress, studyHref } from '../../study-address.ts';
import { dateText } from './date-text.ts';

interface Shape {
  address: StudyAddress;
  snapshot: SnapshotHead;
  /** What can be done with it. */
  children?: ReactNode;
}

/** Says that a report shows one moment of the votes for good, and leads to the newest. */
export function FrozenBanner({ address, snapshot, children }: Shape) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-accent/25 bg-accent-soft px-4 py-3 text-sm"
    >
      <Snowflake aria-hidden className="size-4 shrink-0 text-accent" />
      <p className="min-w-0 flex-1 text-ink-soft">
        <span className="font-medium text-ink">
          Frozen report of {dateText(snapshot.createdAt)}
        </span>
        , {snapshot.votes.toLocaleString('en')} votes.{' '}
        {snapshot.isNewest ? (
          'No newer one exists. '
        ) : (
          <TextLink href={studyHref(address, '/report')}>Newest report</TextLink>
        )}
      </p>
      {children}
    </div>
  );
}
