import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { endView } from './end-view.ts';
import { expireLeases } from './expire-leases.ts';
import { type LendStep, lendNext } from './lend-next.ts';
import {
  lockRater,
  type RaterRow,
  readSession,
  requireRater,
  type SessionRow,
} from './rater-gate.ts';
import { openAssignments } from './rating-view.ts';
import type { DrawView } from './schema.ts';
import { studySettings } from './study-settings.ts';

/** Far more than ever needed: each try only fails when another rater has just taken the last place. */
const MAX_TRIES = 20;

/**
 * The pairs that this rater has to rate: its open leases, filled up to two. Each pair is lent in a
 * short transaction of its own. Calling again draws nothing new.
 *
 * @throws AppError UNAUTHENTICATED for anybody who is not a rater of this study.
 */
export async function drawAssignments(
  platform: Pick<Platform, 'database' | 'clock' | 'secret'>,
  actor: Actor,
  { code }: { readonly code: string },
): Promise<DrawView> {
  const raterActor = requireRater(actor);
  let waits = false;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const now = platform.clock.now();
    const { step, rater, session } = await withTransaction(
      async (transaction) => {
        const rater = await lockRater(transaction, raterActor, code);
        const session = await readSession(transaction, rater.raterId, now);
        const settings = await studySettings(platform, rater.studyId, rater.version);
        const step: LendStep | { kind: 'overdue' } =
          session.overdue > 0
            ? { kind: 'overdue' }
            : await lendNext(transaction, rater, session, settings, now, waits);
        return { step, rater, session };
      },
      { database: platform.database },
    );
    switch (step.kind) {
      case 'overdue':
        await expireLeases(platform, { raterId: rater.raterId });
        break;
      case 'lent':
        if (!step.hasRoom) return view(platform, rater, session, null);
        break;
      case 'raced':
        break;
      case 'full':
        return view(platform, rater, session, null);
      case 'end':
        if (step.reason === 'no-work') {
          // What looks like the end of the work may be held by others: wait for their locks, then
          // take back what has expired, before saying so.
          if (!waits) {
            waits = true;
            break;
          }
          if ((await expireLeases(platform, { studyId: rater.studyId })) > 0) break;
        }
        return view(platform, rater, session, step.reason);
    }
  }
  throw new AppError('UNAVAILABLE', 'Too many people are drawing pairs at once: try again.', {
    reason: 'busy',
  });
}

async function view(
  platform: Pick<Platform, 'database' | 'secret'>,
  rater: RaterRow,
  session: SessionRow,
  reason: Parameters<typeof endView>[0] | null,
): Promise<DrawView> {
  const settings = await studySettings(platform, rater.studyId, rater.version);
  return {
    assignments:
      reason === 'closed' ? [] : await openAssignments(platform, rater.raterId, settings),
    session: { wantedPairs: session.wantedPairs, donePairs: session.donePairs },
    end: reason === null ? null : endView(reason, session, settings),
  };
}
