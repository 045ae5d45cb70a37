import type { Actor } from '#lib/accounts/actor.ts';
import { authorize } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Prisma, Transaction } from '#lib/platform/database/client.ts';
import type { StudyState } from '../schema.ts';

export type RaterOrigin = 'link' | 'trial' | 'simulated' | 'imported';

/** A rater and the study that it is in. */
export interface RaterRow {
  readonly raterId: string;
  readonly origin: RaterOrigin;
  readonly isTrained: boolean;
  /** Its votes are kept, but fill no cell while it is excluded. */
  readonly isExcluded: boolean;
  /** Pairs with credit, in all sessions. */
  readonly credited: number;
  readonly studyId: number;
  readonly state: StudyState;
  /** The study row's `xmin`, for `studySettings`. */
  readonly version: string;
}

export type RaterActor = Extract<Actor, { kind: 'rater' }>;

/** @throws AppError UNAUTHENTICATED for anybody but a rater. */
export function requireRater(actor: Actor): RaterActor {
  authorize(actor, 'rating.take-part');
  if (actor.kind !== 'rater') throw notJoined();
  return actor;
}

/**
 * Locks the rater's row, the first lock of every transaction that changes what a rater holds; the
 * order is rater, assignment, comparison, cells.
 *
 * @throws AppError UNAUTHENTICATED when the code leads to another study than the rater's.
 */
export async function lockRater(
  transaction: Transaction,
  actor: RaterActor,
  code: string,
): Promise<RaterRow> {
  const [row] = await transaction.$queryRaw<RaterRow[]>`
    select r.id as "raterId", r.origin, r.trained_at is not null as "isTrained",
      r.is_excluded as "isExcluded", r.credited,
      s.id as "studyId", s.state, s.xmin::text as version
    from rater r join study s on s.id = r.study_id
    where r.id = ${actor.raterId}::uuid and r.study_id = ${actor.studyId}
      and (s.join_code = ${code} or s.trial_code = ${code})
    for no key update of r`;
  if (row === undefined) throw notJoined();
  return row;
}

/** The rater's newest session. */
export interface SessionRow {
  readonly id: string;
  readonly wantedPairs: number;
  readonly donePairs: number;
  readonly drawnPairs: number;
  readonly endedAt: Date | null;
  readonly completionCode: string;
  /** Open leases of the rater, and those of them whose time is over. */
  readonly leases: number;
  readonly overdue: number;
}

export async function readSession(
  database: Pick<Prisma.TransactionClient, '$queryRaw'>,
  raterId: string,
  now: Date,
): Promise<SessionRow> {
  const [row] = await database.$queryRaw<SessionRow[]>`
    select s.id, s.wanted_pairs as "wantedPairs", s.done_pairs as "donePairs",
      s.drawn_pairs as "drawnPairs", s.ended_at as "endedAt", s.completion_code as "completionCode",
      l.leases, l.overdue
    from rater_session s, lateral (
      select count(*)::int as leases,
        (count(*) filter (where a.lease_expires_at <= ${now}))::int as overdue
      from assignment a where a.rater_id = s.rater_id and a.state = 'leased'
    ) l
    where s.rater_id = ${raterId}::uuid
    order by s.started_at desc limit 1`;
  if (row === undefined) throw notJoined();
  return row;
}

function notJoined(): AppError {
  return new AppError('UNAUTHENTICATED', "Join the study by its link first: you aren't in it.", {
    reason: 'join-first',
  });
}
