import type { Transaction } from '#lib/platform/database/client.ts';
import type { ComparisonKind, Outcome, VoteStatus } from '../schema.ts';

export type AssignmentState = 'leased' | 'done' | 'expired' | 'returned' | 'broken' | 'closed';

/** An assignment under lock, with what is needed to answer for it. */
export interface LockedAssignment {
  readonly id: string;
  readonly comparisonId: number;
  readonly sessionId: string | null;
  readonly state: AssignmentState;
  readonly questions: readonly number[];
  readonly aOnLeft: boolean;
  readonly attempt: number;
  readonly kind: ComparisonKind;
  readonly promptId: number;
  readonly armAId: number;
  readonly armBId: number;
  /** Another attempt of this rater at the same comparison has a standing vote on the question. */
  readonly isAnsweredElsewhere: boolean;
  /** Another attempt of this rater at the same comparison was answered in full. */
  readonly isDoneElsewhere: boolean;
  /** All votes on this assignment, retracted ones included. */
  readonly votes: readonly AssignmentVote[];
}

export interface AssignmentVote {
  readonly seq: bigint;
  readonly question: number;
  readonly outcome: Outcome;
  readonly status: VoteStatus;
  readonly isRetracted: boolean;
  readonly createdAt: Date;
}

/** A vote as JSON has it. */
type StoredVote = Omit<AssignmentVote, 'seq' | 'createdAt'> & { seq: string; createdAt: string };

/** Locks an assignment of this rater, whose row is locked already; null when it has no such one. */
export async function lockAssignment(
  transaction: Transaction,
  raterId: string,
  assignmentId: string,
  question: number,
): Promise<LockedAssignment | null> {
  const [assignment] = await transaction.$queryRaw<
    (Omit<LockedAssignment, 'votes'> & { votes: StoredVote[] | null })[]
  >`
    select a.id, a.comparison_id as "comparisonId", a.session_id as "sessionId", a.state, a.questions,
      a.a_on_left as "aOnLeft", a.attempt, k.kind, k.prompt_id as "promptId",
      k.arm_a_id as "armAId", k.arm_b_id as "armBId",
      coalesce(o.answered, false) as "isAnsweredElsewhere", coalesce(o.done, false) as "isDoneElsewhere",
      (select jsonb_agg(jsonb_build_object('seq', v.seq::text, 'question', v.question,
          'outcome', v.outcome, 'status', v.status, 'isRetracted', t.seq is not null,
          'createdAt', v.created_at))
        from vote v left join retraction t on t.vote_seq = v.seq
        where v.assignment_id = a.id) as votes
    from assignment a join comparison k on k.id = a.comparison_id
      left join lateral (
        select bool_or(o.state = 'done') as done, bool_or((
          select count(*) from vote v left join retraction t on t.vote_seq = v.seq
          where v.assignment_id = o.id and v.question = ${question} and t.seq is null) > 0) as answered
        from assignment o
        where o.rater_id = a.rater_id and o.comparison_id = a.comparison_id and o.id <> a.id
      ) o on true
    where a.id = ${assignmentId}::uuid and a.rater_id = ${raterId}::uuid
    for no key update of a`;
  if (assignment === undefined) return null;
  const votes = (assignment.votes ?? []).map((vote) => ({
    ...vote,
    seq: BigInt(vote.seq),
    createdAt: new Date(vote.createdAt),
  }));
  return { ...assignment, votes };
}

/** Whether an open lease on this assignment holds places in cells. */
export function holdsCells(
  rater: { readonly origin: string },
  assignment: Pick<LockedAssignment, 'state' | 'kind'>,
): boolean {
  return assignment.state === 'leased' && assignment.kind === 'regular' && rater.origin !== 'trial';
}
