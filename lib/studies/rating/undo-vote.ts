import { randomUUID } from 'node:crypto';
import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { type Transaction, withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { MAX_LEASES } from './lend-next.ts';
import { type AssignmentVote, type LockedAssignment, lockAssignment } from './lock-assignment.ts';
import {
  lockRater,
  type RaterActor,
  type RaterRow,
  readSession,
  requireRater,
} from './rater-gate.ts';
import { openAssignments } from './rating-view.ts';
import { recountLocked } from './recount-cells.ts';
import { HOLDS_CELLS, type LeaseRow, lockComparisons, releaseLease } from './release-lease.ts';
import { requestRanking } from './request-ranking.ts';
import type { AssignmentView, SessionView } from './schema.ts';
import { studySettings } from './study-settings.ts';

export interface UndoVoteInput {
  readonly code: string;
  readonly assignmentId: string;
  readonly question: number;
}

export interface UndoneVote {
  readonly assignment: AssignmentView;
  readonly session: SessionView;
}

/**
 * Takes the rater's last vote back: appends a retraction and lends the same comparison again, with
 * the same sides, as the next attempt. A repeated undo returns that same attempt. Where the rater
 * holds two leases already, the one lent last is given back.
 *
 * @throws AppError NOT_FOUND for a vote that is not the rater's, CONFLICT once the rater has cast
 *   another vote, GONE after the study closed.
 */
export async function undoVote(
  platform: Pick<Platform, 'database' | 'clock' | 'queue' | 'secret' | 'log'>,
  actor: Actor,
  input: UndoVoteInput,
): Promise<UndoneVote> {
  const raterActor = requireRater(actor);
  const undone = await withTransaction(
    (transaction) => retract(platform, transaction, raterActor, input),
    { database: platform.database },
  );
  if (undone.isReported) requestRanking(platform, raterActor.studyId);
  const { rater, session } = undone;
  const settings = await studySettings(platform, rater.studyId, rater.version);
  const open = await openAssignments(platform, rater.raterId, settings);
  const assignment = open.find((view) => view.id === undone.assignmentId);
  if (assignment === undefined) throw newerVote();
  return {
    assignment,
    session: { wantedPairs: session.wantedPairs, donePairs: session.donePairs },
  };
}

async function retract(
  platform: Pick<Platform, 'database' | 'clock'>,
  transaction: Transaction,
  actor: RaterActor,
  input: UndoVoteInput,
) {
  const rater = await lockRater(transaction, actor, input.code);
  const assignment = await lockAssignment(
    transaction,
    rater.raterId,
    input.assignmentId,
    input.question,
  );
  const vote = assignment?.votes.find(({ question }) => question === input.question);
  if (assignment === null || vote === undefined)
    throw new AppError('NOT_FOUND', 'There is no vote of yours to take back here.', {
      reason: 'unknown-vote',
    });
  if (rater.state === 'closed')
    throw new AppError('GONE', 'The study has closed: votes stay as they are.', {
      reason: 'study-closed',
    });
  const next = vote.isRetracted
    ? await findAttempt(transaction, rater, assignment)
    : await lendAgain(platform, transaction, rater, assignment, vote);
  return {
    rater,
    assignmentId: next,
    session: await readSession(transaction, rater.raterId, platform.clock.now()),
    isReported: !vote.isRetracted && vote.status !== 'trial',
  };
}

/** The attempt that the first undo made. */
async function findAttempt(
  transaction: Transaction,
  rater: RaterRow,
  assignment: LockedAssignment,
): Promise<string> {
  const [next] = await transaction.$queryRaw<{ id: string }[]>`
    select id from assignment
    where rater_id = ${rater.raterId}::uuid and comparison_id = ${assignment.comparisonId}
      and attempt > ${assignment.attempt} and state = 'leased'
    order by attempt desc limit 1`;
  if (next === undefined) throw newerVote();
  return next.id;
}

async function lendAgain(
  platform: Pick<Platform, 'database' | 'clock'>,
  transaction: Transaction,
  rater: RaterRow,
  assignment: LockedAssignment,
  vote: AssignmentVote,
): Promise<string> {
  const [newer] = await transaction.$queryRaw<unknown[]>`
    select 1 from vote where rater_id = ${rater.raterId}::uuid and seq > ${vote.seq} limit 1`;
  if (newer !== undefined) throw newerVote();
  const surplus = await leaseTooMany(transaction, rater, assignment);
  await lockComparisons(transaction, [
    assignment.comparisonId,
    ...(surplus === undefined ? [] : [surplus.comparisonId]),
  ]);
  if (surplus !== undefined) await releaseLease(transaction, surplus, 'returned');

  const { spec } = await studySettings(platform, rater.studyId, rater.version);
  const now = platform.clock.now();
  const expiresAt = new Date(now.getTime() + spec.leaseSeconds * 1000);
  const answered = assignment.votes.filter((other) => other !== vote && !other.isRetracted);
  const questions = assignment.questions.filter(
    (question) => !answered.some((other) => other.question === question),
  );
  const isRegular = assignment.kind === 'regular' && rater.origin !== 'trial';
  const id = randomUUID();
  await transaction.$executeRaw`
    with retracted as (
      insert into retraction (seq, vote_seq, study_id, rater_id, created_at)
      values (nextval(pg_get_serial_sequence('vote', 'seq')), ${vote.seq}, ${rater.studyId},
        ${rater.raterId}::uuid, ${now})
    ), ended as (
      update assignment set state = 'returned', answered = answered - 1
      where id = ${assignment.id}::uuid
    ), uncredited as (
      update rater set credited = credited - 1
      where id = ${rater.raterId}::uuid and ${isCredited(assignment)}
    ), uncounted as (
      update rater_session set done_pairs = done_pairs - 1, ended_at = null
      where id = ${assignment.sessionId}::uuid and ${isCredited(assignment)}
    )
    insert into assignment (id, study_id, comparison_id, rater_id, session_id, attempt, pair_number,
      questions, a_on_left, propensity, leased_at, lease_expires_at)
    select ${id}::uuid, a.study_id, a.comparison_id, a.rater_id, a.session_id, (
        select max(o.attempt) + 1 from assignment o
        where o.rater_id = a.rater_id and o.comparison_id = a.comparison_id),
      a.pair_number, ${questions}::int[], a.a_on_left, a.propensity, ${now}, ${expiresAt}
    from assignment a where a.id = ${assignment.id}::uuid`;
  // The retracted vote stops counting, and the new lease holds the places of its questions.
  if (isRegular) await recountLocked(transaction, [assignment.comparisonId]);
  return id;
}

/** Credit goes back with the vote that had completed the pair. */
function isCredited(assignment: LockedAssignment): boolean {
  return assignment.state === 'done' && !assignment.isDoneElsewhere;
}

/** The lease lent last, where the new one would be one too many. */
async function leaseTooMany(
  transaction: Transaction,
  rater: RaterRow,
  assignment: LockedAssignment,
): Promise<LeaseRow | undefined> {
  const leases = await transaction.$queryRaw<LeaseRow[]>`
    select a.id, a.comparison_id as "comparisonId", ${HOLDS_CELLS} as "holdsCells"
    from assignment a join comparison k on k.id = a.comparison_id join rater r on r.id = a.rater_id
    where a.rater_id = ${rater.raterId}::uuid and a.state = 'leased'
      and a.id <> ${assignment.id}::uuid
    order by a.pair_number desc, a.leased_at desc for no key update of a`;
  return leases.length >= MAX_LEASES ? leases[0] : undefined;
}

function newerVote(): AppError {
  return new AppError('CONFLICT', 'Only the last vote can be taken back.', {
    reason: 'newer-vote',
  });
}
