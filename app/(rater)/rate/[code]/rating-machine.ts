import type {
  AssignmentView,
  DrawView,
  EndView,
  RatingStudyView,
  SessionView,
} from '#lib/studies/rating/schema.ts';
import type { Outcome } from '#lib/studies/schema.ts';

export type Phase = 'loading' | 'failed' | 'welcome' | 'training' | 'rating' | 'ended' | 'left';
export type Failure = 'unknown-link' | 'network' | 'refused';

/** An answer to one question of one assignment. */
export interface Answer {
  assignmentId: string;
  question: number;
  outcome: Outcome;
}

export type Notice = 'vote-refused' | 'undo-failed' | 'report-failed' | 'reported' | 'undone';

export interface RatingState {
  phase: Phase;
  failure: Failure | null;
  study: RatingStudyView | null;
  training: { index: number; answer: Outcome | null };
  /** The first is on screen, the second is loaded behind it. */
  queue: readonly AssignmentView[];
  /** Answers of this device, as `assignment:question`, sent or not: never asked again. */
  answered: ReadonlySet<string>;
  /** The answer that `undo` would take back. */
  last: Answer | null;
  isUndoing: boolean;
  isPaused: boolean;
  session: SessionView;
  /** Said by the server; holds once the queue is empty. */
  end: EndView | null;
  notice: Notice | null;
}

export type RatingEvent =
  | { type: 'joined'; study: RatingStudyView }
  /** Asked at the end: another session of so many pairs may follow. */
  | { type: 'another-offered'; pairs: number }
  | { type: 'failed'; failure: Failure }
  | { type: 'begun' }
  | { type: 'training-answered'; outcome: Outcome }
  | { type: 'training-next' }
  /**
   * `isAfterAbsence`: what the server no longer lends is dropped, even the pair on screen.
   * `renewId`: this pair takes its new addresses, since its clips could not be loaded.
   */
  | { type: 'drawn'; view: DrawView; isAfterAbsence: boolean; renewId: string | null }
  | { type: 'voted'; outcome: Outcome }
  | { type: 'vote-refused'; assignmentId: string }
  | { type: 'undo-asked' }
  | { type: 'undone'; assignment: AssignmentView; session: SessionView }
  | { type: 'undo-failed' }
  | { type: 'reported'; assignmentId: string }
  | { type: 'report-failed' }
  | { type: 'paused' }
  | { type: 'resumed' }
  | { type: 'left' };

export const answerKey = (assignmentId: string, question: number) => `${assignmentId}:${question}`;

/** @param answered keys of the votes that an earlier visit left unsent on this device */
export function initialRating(answered: Iterable<string> = []): RatingState {
  return {
    phase: 'loading',
    failure: null,
    study: null,
    training: { index: 0, answer: null },
    queue: [],
    answered: new Set(answered),
    last: null,
    isUndoing: false,
    isPaused: false,
    session: { wantedPairs: 0, donePairs: 0 },
    end: null,
    notice: null,
  };
}

/** The question that the pair on screen asks now; null when there is no pair. */
export function questionInTurn(state: RatingState): number | null {
  const pair = state.queue[0];
  return pair ? (openQuestions(state.answered, pair)[0] ?? null) : null;
}

export function canUndo(state: RatingState): boolean {
  const isShown = state.phase === 'rating' || state.phase === 'ended';
  return isShown && state.last !== null && !state.isUndoing && !state.isPaused;
}

/** The vote that a press would cast now, whatever the gate says; null when it would cast none. */
export function voteInTurn(state: RatingState, outcome: Outcome): Answer | null {
  const pair = state.queue[0];
  const question = questionInTurn(state);
  if (state.phase !== 'rating' || state.isPaused || state.isUndoing) return null;
  if (!pair || question === null) return null;
  if (outcome === 'tie' && !state.study?.allowTies) return null;
  return { assignmentId: pair.id, question, outcome };
}

/** Fewer than two pairs at hand and the server has not said that there are no more. */
export function needsPairs(state: RatingState): boolean {
  if (state.phase !== 'rating' || state.isUndoing) return false;
  return state.queue.length === 0 || (state.queue.length < 2 && state.end === null);
}

export function reduceRating(state: RatingState, event: RatingEvent): RatingState {
  switch (event.type) {
    case 'joined':
      return joined(state, event.study);
    case 'another-offered':
      return state.study
        ? { ...state, study: { ...state.study, nextSessionPairs: event.pairs } }
        : state;
    case 'failed':
      return { ...state, phase: 'failed', failure: event.failure };
    case 'begun': {
      if (state.phase !== 'welcome' || !state.study) return state;
      const wantsTraining = state.study.training.length > 0 && !state.study.trained;
      return { ...state, phase: wantsTraining ? 'training' : 'rating' };
    }
    case 'training-answered':
      if (state.phase !== 'training' || state.training.answer !== null) return state;
      return { ...state, training: { ...state.training, answer: event.outcome } };
    case 'training-next': {
      if (state.phase !== 'training') return state;
      const index = state.training.index + 1;
      const isOver = index >= (state.study?.training.length ?? 0);
      return { ...state, phase: isOver ? 'rating' : 'training', training: { index, answer: null } };
    }
    case 'drawn':
      return drawn(state, event);
    case 'voted':
      return voted(state, event.outcome);
    case 'vote-refused':
      return {
        ...state,
        queue: state.queue.filter((pair) => pair.id !== event.assignmentId),
        last: state.last?.assignmentId === event.assignmentId ? null : state.last,
        notice: 'vote-refused',
      };
    case 'undo-asked':
      return canUndo(state) ? { ...state, isUndoing: true, notice: null } : state;
    case 'undone': {
      if (!state.isUndoing || !state.last) return state;
      const undoneId = state.last.assignmentId;
      const others = state.queue.filter(
        (pair) => pair.id !== event.assignment.id && pair.id !== undoneId,
      );
      return {
        ...state,
        phase: 'rating',
        queue: [event.assignment, ...others],
        answered: without(state.answered, event.assignment),
        session: event.session,
        last: null,
        isUndoing: false,
        end: null,
        notice: 'undone',
      };
    }
    case 'undo-failed':
      return { ...state, isUndoing: false, notice: 'undo-failed' };
    case 'reported':
      return {
        ...state,
        queue: state.queue.filter((pair) => pair.id !== event.assignmentId),
        notice: 'reported',
      };
    case 'report-failed':
      return { ...state, notice: 'report-failed' };
    case 'paused':
      return state.phase === 'rating' ? { ...state, isPaused: true } : state;
    case 'resumed':
      return { ...state, isPaused: false };
    case 'left':
      return { ...state, phase: 'left', queue: [], last: null, isPaused: false };
  }
}

function joined(state: RatingState, study: RatingStudyView): RatingState {
  const base = { ...state, study, session: study.session, failure: null, end: null };
  if (study.end) return { ...base, phase: 'ended', end: study.end };
  // A rater who comes back after a reload, or takes another session, goes straight on.
  const isKnown =
    study.session.donePairs > 0 ||
    state.answered.size > 0 ||
    state.phase === 'ended' ||
    state.phase === 'left';
  const isUnderWay = isKnown && (study.trained || study.training.length === 0);
  return { ...base, phase: isUnderWay ? 'rating' : 'welcome' };
}

function voted(state: RatingState, outcome: Outcome): RatingState {
  const vote = voteInTurn(state, outcome);
  const pair = state.queue[0];
  if (!vote || !pair) return state;
  const answered = new Set(state.answered).add(answerKey(vote.assignmentId, vote.question));
  const isPairDone = openQuestions(answered, pair).length === 0;
  return {
    ...state,
    answered,
    last: vote,
    notice: null,
    queue: isPairDone ? state.queue.slice(1) : state.queue,
    session: isPairDone
      ? { ...state.session, donePairs: state.session.donePairs + 1 }
      : state.session,
  };
}

function drawn(state: RatingState, event: RatingEvent & { type: 'drawn' }): RatingState {
  const { view, isAfterAbsence, renewId } = event;
  if (state.phase !== 'rating') return state;
  const lent = view.assignments.filter((pair) => openQuestions(state.answered, pair).length > 0);
  const lentById = new Map(lent.map((pair) => [pair.id, pair]));
  // The pair on screen stays although its lease may be over: a late vote is taken too.
  const stays = state.queue.filter(
    (pair, position) => lentById.has(pair.id) || (position === 0 && !isAfterAbsence),
  );
  // Kept pairs keep their first addresses, so that loaded clips stay loaded.
  const kept = stays.map((pair) => (pair.id === renewId ? (lentById.get(pair.id) ?? pair) : pair));
  const keptIds = new Set(kept.map((pair) => pair.id));
  const queue = [...kept, ...lent.filter((pair) => !keptIds.has(pair.id))];
  const isOver = queue.length === 0 && view.end !== null;
  return {
    ...state,
    queue,
    session: view.session,
    end: view.end,
    phase: isOver ? 'ended' : 'rating',
  };
}

function openQuestions(answered: ReadonlySet<string>, pair: AssignmentView): number[] {
  return pair.questions.filter((question) => !answered.has(answerKey(pair.id, question)));
}

function without(answered: ReadonlySet<string>, pair: AssignmentView): ReadonlySet<string> {
  const left = new Set(answered);
  for (const question of pair.questions) left.delete(answerKey(pair.id, question));
  return left;
}
