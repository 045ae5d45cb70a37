'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { Button } from '#components/button.tsx';
import { errorText } from '#components/notices.tsx';
import { queries } from '#lib/client/queries.ts';
import type { StudyAddress } from '../../study-address.ts';
import { dateText } from './date-text.ts';

/** While the worker computes, it is asked this often. */
const POLL_MS = 2_000;

/** Has a frozen report computed again from the raw votes, and says whether every digit is the same. */
export function RecomputeButton(props: { address: StudyAddress; snapshot: number }) {
  const input = { ...props.address, snapshot: props.snapshot };
  const queryClient = useQueryClient();
  const newest = useQuery(
    queries.reports.recomputed.queryOptions({
      input,
      refetchInterval: ({ state: { data } }) =>
        data?.check && data.check.finishedAt === null ? POLL_MS : false,
    }),
  );
  const ask = useMutation(
    queries.reports.recompute.mutationOptions({
      onSuccess: () =>
        queryClient.invalidateQueries({ queryKey: queries.reports.recomputed.key() }),
    }),
  );
  const check = newest.data?.check ?? null;
  const isRunning = ask.isPending || (check !== null && check.finishedAt === null);
  const outcome = check?.outcome ?? null;
  const error = ask.error ?? newest.error;
  return (
    <>
      <Button size="sm" isBusy={isRunning} onClick={() => ask.mutate(input)}>
        {isRunning ? 'Computing again' : outcome ? 'Compute once more' : 'Compute it again'}
      </Button>
      {error && <p className="basis-full text-bad">{errorText(error)}</p>}
      {outcome && !isRunning && (
        <div className="flex basis-full items-start gap-2 text-ink-soft">
          {outcome.isIdentical ? (
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
          ) : (
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          )}
          <div className="min-w-0 [overflow-wrap:anywhere]">
            <p>
              {outcome.text}{' '}
              <span className="text-ink-faint">
                {check?.finishedAt && dateText(check.finishedAt)}
              </span>
            </p>
            {outcome.differences.length > 0 && (
              <ul className="mt-1 font-mono text-xs">
                {outcome.differences.map(({ path, stored, computed }) => (
                  <li key={path}>
                    {path}: {stored} stored, {computed} computed
                  </li>
                ))}
              </ul>
            )}
          </div>
        </div>
      )}
    </>
  );
}
