import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { type Transaction, withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { VoteStatus } from '../schema.ts';
import { fillCell } from './fill-cell.ts';
import {
  type AssignmentState,
  holdsCells,
  type LockedAssignment,
  lockAssignment,
} from './lock-assignment.ts';
import { lockRater, type RaterActor, type RaterRow, requireRater } from './rater-gate.ts';
import { releaseLease } from './release-lease.ts';
import { requestRanking } from './request-ranking.ts';
import type { VoteInput, VoteReceipt } from './schema.ts';
import { studySettings } from './study-settings.ts';
import { marksOf } from './vote-marks.ts';

export type CastVoteInput = VoteInput & { readonly code: string };

/** A pair in one of these states was still to be answered; the credit for it is given once. */
const CREDITED_AT_CLOSE: readonly AssignmentState[] = ['leased', 'expired', 'returned'];

type Answer =
  | { readonly kind: 'receipt'; readonly receipt: VoteReceipt; readonly status?: VoteStatus }
  | { readonly kind: 'refused'; readonly error: AppError };

/**
 * Casts the vote on one question of an assignment. Each (assignment, question) has one vote: a retry
 * gets the stored receipt, whatever it says. A vote that comes after its lease has ended counts while
 * its cell is open, and is kept as surplus else; the rater is credited either way.
 *
 * @throws AppError UNAUTHENTICATED for anybody who is not a rater of this study; NOT_FOUND for an
 *   assignment that is not the rater's; GONE after the study closed (an honest leaseholder keeps the
 *   credit); CONFLICT for a pair that was reported broken; BAD_INPUT for an answer that the study
 *   does not ask for.
 */
export async function castVote(
  platform: Pick<Platform, 'database' | 'clock' | 'log' | 'queue'>,
  actor: Actor,
  input: CastVoteInput,
): Promise<VoteReceipt> {
  const raterActor = requireRater(actor);
  const answer = await withTransaction(
    (transaction) => answerVote(platform, transaction, raterActor, input),
    { database: platform.database },
  );
  if (answer.kind === 'refused') {
    platform.log.warn(
      {
        reason: answer.error.data.reason,
        raterId: raterActor.raterId,
        studyId: raterActor.studyId,
        assignmentId: input.assignmentId,
      },
      'vote refused',
    );
    throw answer.error;
  }
  // Surplus votes and checks are ranked nowhere, but the report counts them.
  if (answer.status !== undefined && answer.status !== 'trial')
    requestRanking(platform, raterActor.studyId);
  return answer.receipt;
}

async function answerVote(
  platform: Pick<Platform, 'database' | 'clock'>,
  transaction: Transaction,
  actor: RaterActor,
  input: CastVoteInput,
): Promise<Answer> {
  const rater = await lockRater(transaction, actor, input.code);
  const assignment = await lockAssignment(
    transaction,
    rater.raterId,
    input.assignmentId,
    input.question,
  );
  if (assignment === null)
    return refuse(
      'NOT_FOUND',
      'unknown-assignment',
      'This pair was not lent to you: get a new one.',
    );
  const { votes } = assignment;
  const stored = votes.find((vote) => vote.question === input.question);
  if (stored !== undefined)
    return {
      kind: 'receipt',
      receipt: receiptOf(input.assignmentId, input.question, stored.outcome, stored.createdAt),
    };
  const { spec } = await studySettings(platform, rater.studyId, rater.version);
  const refusal = await checkVote(transaction, rater, assignment, input, spec.allowTies);
  if (refusal !== null) return refusal;

  const now = platform.clock.now();
  const status = await statusOf(transaction, rater, assignment, input.question);
  const isComplete = votes.length + 1 === assignment.questions.length;
  await writeVote(transaction, {
    rater,
    assignment,
    input,
    status,
    marks: marksOf(input, spec),
    isComplete,
    isCredited: isComplete && !assignment.isDoneElsewhere,
    now,
  });
  return {
    kind: 'receipt',
    receipt: receiptOf(input.assignmentId, input.question, input.outcome, now),
    status,
  };
}

/** Why this vote can't be cast; what an honest leaseholder earned is written all the same. */
async function checkVote(
  transaction: Transaction,
  rater: RaterRow,
  assignment: LockedAssignment,
  input: CastVoteInput,
  allowTies: boolean,
): Promise<Answer | null> {
  if (!assignment.questions.includes(input.question))
    return refuse('BAD_INPUT', 'unknown-question', 'This pair does not ask that question.');
  if (input.outcome === 'tie' && !allowTies)
    return refuse('BAD_INPUT', 'no-ties', 'This study has no ties: choose a side.');
  if (rater.state === 'closed') {
    await creditAtClose(transaction, rater, assignment);
    return refuse(
      'GONE',
      'study-closed',
      'The study has closed; your work on this pair is credited.',
    );
  }
  if (rater.state === 'draft' && rater.origin !== 'trial')
    return refuse('CONFLICT', 'not-open', 'The study has not opened yet.');
  if (assignment.state === 'broken')
    return refuse(
      'CONFLICT',
      'reported-broken',
      'You reported this pair as broken: get a new one.',
    );
  return null;
}

/** Regular votes fill their cell; trial votes and checks never touch one. */
async function statusOf(
  transaction: Transaction,
  rater: RaterRow,
  assignment: LockedAssignment,
  question: number,
): Promise<VoteStatus> {
  if (rater.origin === 'trial') return 'trial';
  if (assignment.kind !== 'regular') return 'check';
  const holdsLease = assignment.state === 'leased';
  // The same rater may have answered a later attempt in the meantime; one of them counts.
  const mayCount = !assignment.isAnsweredElsewhere;
  const cell = { comparisonId: assignment.comparisonId, question };
  const isCounted = await fillCell(transaction, cell, {
    aOnLeft: assignment.aOnLeft,
    holdsLease,
    mayCount,
    takesPlace: !rater.isExcluded,
  });
  return isCounted ? 'counted' : 'surplus';
}

interface NewVote {
  readonly rater: RaterRow;
  readonly assignment: LockedAssignment;
  readonly input: CastVoteInput;
  readonly status: VoteStatus;
  readonly marks: readonly string[];
  readonly isComplete: boolean;
  readonly isCredited: boolean;
  readonly now: Date;
}

async function writeVote(transaction: Transaction, vote: NewVote): Promise<void> {
  const { rater, assignment, input, status, marks, isComplete, isCredited, now } = vote;
  const [left, right] = assignment.aOnLeft
    ? [assignment.armAId, assignment.armBId]
    : [assignment.armBId, assignment.armAId];
  await transaction.$executeRaw`
    with changed as (
      update assignment set answered = answered + 1,
        state = case when ${isComplete} then 'done' else state end
      where id = ${assignment.id}::uuid
    ), credited as (
      update rater set credited = credited + 1 where id = ${rater.raterId}::uuid and ${isCredited}
    ), counted as (
      update rater_session set done_pairs = done_pairs + 1,
        ended_at = case when done_pairs + 1 >= wanted_pairs then coalesce(ended_at, ${now}) end
      where id = ${assignment.sessionId}::uuid and ${isCredited}
    )
    insert into vote (study_id, assignment_id, comparison_id, prompt_id, rater_id, question, kind,
      status, origin, left_arm_id, right_arm_id, outcome, decision_ms, plays_left, plays_right,
      watched_left, watched_right, screen_width, screen_height, marks, created_at)
    values (${rater.studyId}, ${assignment.id}::uuid, ${assignment.comparisonId},
      ${assignment.promptId}, ${rater.raterId}::uuid, ${input.question},
      ${assignment.kind}::"ComparisonKind", ${status}::"VoteStatus", ${rater.origin}::"RaterOrigin",
      ${left}, ${right}, ${input.outcome}::"Outcome", ${input.decisionMs}, ${input.playsLeft},
      ${input.playsRight}, ${input.watchedLeft}, ${input.watchedRight}, ${input.screenWidth},
      ${input.screenHeight}, ${[...marks]}::text[], ${now})`;
}

async function creditAtClose(
  transaction: Transaction,
  rater: RaterRow,
  assignment: LockedAssignment,
): Promise<void> {
  if (!CREDITED_AT_CLOSE.includes(assignment.state)) return;
  await releaseLease(
    transaction,
    { ...assignment, holdsCells: holdsCells(rater, assignment) },
    'closed',
  );
  if (assignment.isDoneElsewhere) return;
  await transaction.$executeRaw`
    with credited as (
      update rater set credited = credited + 1 where id = ${rater.raterId}::uuid
    )
    update rater_session set done_pairs = done_pairs + 1 where id = ${assignment.sessionId}::uuid`;
}

function receiptOf(
  assignmentId: string,
  question: number,
  outcome: VoteReceipt['outcome'],
  receivedAt: Date,
): VoteReceipt {
  return { assignmentId, question, outcome, receivedAt: receivedAt.toISOString() };
}

function refuse(
  code: 'BAD_INPUT' | 'NOT_FOUND' | 'CONFLICT' | 'GONE',
  reason: string,
  message: string,
): Answer {
  return { kind: 'refused', error: new AppError(code, message, { reason }) };
}
