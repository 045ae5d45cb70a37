import { Card } from '#components/card.tsx';
import { Link } from '#components/link.tsx';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';
import { day } from '../counts.ts';
import { StateBadge } from '../state-badge.tsx';
import { type StudyAddress, studyHref } from '../study-address.ts';

/** The revisions of a study, once there are several; each keeps its votes. */
export function RevisionsCard({ address, study }: { address: StudyAddress; study: StudyDetail }) {
  if (study.revisions.length < 2) return null;
  const { project, study: slug } = address;
  return (
    <Card title="Revisions" description="Each keeps the votes that were cast in it." isFlush>
      <ul className="border-t border-line">
        {study.revisions.map(({ revision, state, openedAt, closedAt }) => (
          <li key={revision} className="border-b border-line last:border-b-0">
            <Link
              href={studyHref({ project, study: slug, revision })}
              aria-current={revision === study.revision ? 'page' : undefined}
              className="flex items-center justify-between gap-3 px-5 py-2.5 text-sm hover:bg-sunken aria-[current]:bg-sunken"
            >
              <span>
                Revision {revision}
                <span className="ml-2 text-ink-faint">
                  {closedAt
                    ? `closed ${day(closedAt)}`
                    : openedAt
                      ? `open since ${day(openedAt)}`
                      : ''}
                </span>
              </span>
              <StateBadge state={state} />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
