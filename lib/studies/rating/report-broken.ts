import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { holdsCells, lockAssignment } from './lock-assignment.ts';
import { lockRater, requireRater } from './rater-gate.ts';
import { releaseLease } from './release-lease.ts';

export interface BrokenReport {
  readonly code: string;
  readonly assignmentId: string;
  readonly side: 'left' | 'right' | 'both';
  readonly note?: string | undefined;
}

/** Answered in full, or by the study's close: there is nothing left to report. */
const SETTLED: readonly string[] = ['done', 'closed'];

/**
 * Gives a pair back whose video is broken; it never comes again to this rater. Reporting twice is the
 * same as once.
 *
 * @throws AppError UNAUTHENTICATED for anybody who is not a rater of this study, NOT_FOUND for a pair
 *   that is not the rater's, CONFLICT for one that is answered already.
 */
export async function reportBroken(
  platform: Pick<Platform, 'database' | 'log'>,
  actor: Actor,
  input: BrokenReport,
): Promise<{ reported: true }> {
  const raterActor = requireRater(actor);
  await withTransaction(
    async (transaction) => {
      const rater = await lockRater(transaction, raterActor, input.code);
      const assignment = await lockAssignment(transaction, rater.raterId, input.assignmentId, 0);
      if (assignment === null)
        throw new AppError('NOT_FOUND', 'This pair was not lent to you.', {
          reason: 'unknown-assignment',
        });
      if (SETTLED.includes(assignment.state))
        throw new AppError('CONFLICT', 'This pair is answered already.', {
          reason: 'already-answered',
        });
      if (assignment.state === 'broken') return;
      const lease = { ...assignment, holdsCells: holdsCells(rater, assignment) };
      const problem = input.note ? `${input.side}: ${input.note}` : input.side;
      await releaseLease(transaction, lease, 'broken', problem);
    },
    { database: platform.database },
  );
  platform.log.info(
    { assignmentId: input.assignmentId, side: input.side },
    'broken video reported',
  );
  return { reported: true };
}
