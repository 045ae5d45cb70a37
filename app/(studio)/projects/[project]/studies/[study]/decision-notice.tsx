'use client';

import { useQuery } from '@tanstack/react-query';
import { Card } from '#components/card.tsx';
import { TextLink } from '#components/link.tsx';
import { queries } from '#lib/client/queries.ts';
import { type StudyAddress, studyHref } from '../study-address.ts';
import { OutdatedNotice } from './report/decision-card.tsx';
import { DecisionEntry } from './report/decision-history.tsx';

/** The decision that holds on a study's axis, with a notice where newer votes speak against it. */
export function DecisionNotice({ address }: { address: StudyAddress }) {
  const { data } = useQuery(queries.reports.decisions.queryOptions({ input: address }));
  const held = data?.decisions[0];
  if (!data || !held) return null;
  return (
    <Card title="Decision">
      <div className="flex flex-col gap-3">
        {data.outdated.isOutdated && <OutdatedNotice reasons={data.outdated.reasons} />}
        <DecisionEntry decision={held} />
        <p className="text-sm">
          <TextLink href={studyHref(address, '/report')}>Look at the report</TextLink>
        </p>
      </div>
    </Card>
  );
}
