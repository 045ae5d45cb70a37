'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Gavel, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import type { StudyAddress } from '../../study-address.ts';
import { DecideDialog } from './decide-dialog.tsx';
import { DecisionEntry, DecisionHistory } from './decision-history.tsx';
import { MixDialog } from './mix-dialog.tsx';

interface Shape {
  address: StudyAddress;
  /** The snapshot that the page shows; the newest one when left out. */
  snapshot?: number | undefined;
}

/**
 * What the study's rule recommends, what was decided and why, and whether that still holds; of captions
 * the mix.
 */
export function DecisionCard({ address, snapshot }: Shape) {
  const [isDeciding, setIsDeciding] = useState(false);
  const decisions = useQuery(
    queries.reports.decisions.queryOptions({
      input: { ...address, ...(snapshot !== undefined && { snapshot }) },
      placeholderData: keepPreviousData,
    }),
  );
  const { data } = decisions;
  if (!data)
    return (
      <Card title="Decision">
        {decisions.isPending ? (
          <SkeletonLines count={3} />
        ) : (
          <ErrorNotice error={decisions.error} onRetry={() => void decisions.refetch()} />
        )}
      </Card>
    );
  const { captioners, current, outdated } = data;
  const isMix = captioners.length > 0;
  if (!data.hasAxis && !isMix) return null;
  const [held, ...earlier] = data.decisions;
  return (
    <Card
      title="Decision"
      actions={
        data.canDecide &&
        current && (
          <Button
            variant={held ? 'secondary' : 'primary'}
            size="sm"
            icon={<Gavel aria-hidden />}
            onClick={() => setIsDeciding(true)}
          >
            {held ? 'Decide again…' : 'Decide…'}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {outdated.isOutdated && <OutdatedNotice reasons={outdated.reasons} />}
        {isMix ? (
          <p className="max-w-3xl text-sm text-ink-faint">
            {current
              ? 'The shares of the captioners in the training set: one caption is drawn for each clip. No rule recommends them.'
              : 'The mix can be decided once the first votes are ranked.'}
          </p>
        ) : current?.advice ? (
          <p className="max-w-3xl text-[0.9375rem] leading-relaxed text-ink [overflow-wrap:anywhere]">
            <span className="text-ink-faint">By your rule ({current.advice.ruleText}): </span>
            {current.advice.text}
          </p>
        ) : (
          <p className="text-sm text-ink-faint">
            The rule says something once the first votes are ranked.
          </p>
        )}
        {held ? (
          <DecisionEntry decision={held} />
        ) : (
          <p className="text-sm text-ink-faint">
            {isMix ? 'No mix has been decided yet.' : 'Nothing has been decided on this axis yet.'}
          </p>
        )}
        <DecisionHistory decisions={earlier} />
      </div>
      {current && isMix && (
        <MixDialog
          address={address}
          current={current}
          captioners={captioners}
          held={held?.mix ?? null}
          isOpen={isDeciding}
          onClose={() => setIsDeciding(false)}
        />
      )}
      {current?.advice && (
        <DecideDialog
          address={address}
          current={current}
          advice={current.advice.advice}
          isOpen={isDeciding}
          onClose={() => setIsDeciding(false)}
        />
      )}
    </Card>
  );
}

/** Newer votes speak against the decision that holds. */
export function OutdatedNotice({ reasons }: { reasons: readonly string[] }) {
  return (
    <div
      role="status"
      className="flex items-start gap-3 rounded-xl border border-warn/25 bg-warn-soft px-4 py-3 text-sm"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p className="font-medium text-ink">Newer votes speak against the decision</p>
        {reasons.map((reason) => (
          <p key={reason} className="text-ink-soft">
            {reason}
          </p>
        ))}
      </div>
    </div>
  );
}
