import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { castVote } from '#lib/studies/rating/cast-vote.ts';
import { drawAssignments } from '#lib/studies/rating/draw-assignment.ts';
import { finishTraining } from '#lib/studies/rating/finish-training.ts';
import { type JoinedStudy, joinStudy } from '#lib/studies/rating/join-study.ts';
import { leaveStudy } from '#lib/studies/rating/leave-study.ts';
import type {
  AssignmentView,
  DrawView,
  VoteInput,
  VoteReceipt,
} from '#lib/studies/rating/schema.ts';
import { type UndoneVote, undoVote } from '#lib/studies/rating/undo-vote.ts';

/** An honest vote on a pair's first open question. */
export function voteOn(
  assignment: Pick<AssignmentView, 'id' | 'questions'>,
  changes: Partial<VoteInput> = {},
): VoteInput {
  return {
    assignmentId: assignment.id,
    question: assignment.questions[0] ?? 0,
    outcome: 'left',
    decisionMs: 4000,
    playsLeft: 1,
    playsRight: 1,
    watchedLeft: 1,
    watchedRight: 1,
    screenWidth: 1280,
    screenHeight: 800,
    ...changes,
  };
}

/** One rater of a study, who calls the use cases. */
export interface TestRater {
  readonly actor: Extract<Actor, { kind: 'rater' }>;
  readonly joined: JoinedStudy;
  draw(): Promise<DrawView>;
  vote(vote: VoteInput): Promise<VoteReceipt>;
  undo(vote: Pick<VoteInput, 'assignmentId' | 'question'>): Promise<UndoneVote>;
  leave(): Promise<{ returned: number }>;
  finishTraining(): Promise<{ trained: true }>;
}

/** A new rater who joins by a code. */
export async function joinAsRater(platform: Platform, code: string): Promise<TestRater> {
  const joined = await joinStudy(platform, { code, known: null });
  const actor = { kind: 'rater' as const, ...joined.proof };
  return {
    actor,
    joined,
    draw: () => drawAssignments(platform, actor, { code }),
    vote: (vote) => castVote(platform, actor, { ...vote, code }),
    undo: ({ assignmentId, question }) =>
      undoVote(platform, actor, { code, assignmentId, question }),
    leave: () => leaveStudy(platform, actor, { code }),
    finishTraining: () => finishTraining(platform, actor, { code }),
  };
}
