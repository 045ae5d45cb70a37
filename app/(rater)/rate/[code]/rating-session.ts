import type { RaterLocale } from '#app/(rater)/pick-locale.ts';
import {
  answerKey,
  initialRating,
  needsPairs,
  type RatingEvent,
  reduceRating,
  voteInTurn,
} from './rating-machine.ts';
import { asRatingError, type RatingError } from './rating-port.ts';
import type { RatingSession, SessionDeps, SessionSnapshot } from './session-types.ts';
import { voteOutbox } from './vote-outbox.ts';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;
/** After a shorter absence the pairs are surely still lent. */
const ABSENCE_MS = 30_000;

/**
 * One rater's visit: the machine, the votes on their way and the calls to the server, without a page.
 *
 * Leaving gives the open pairs back only when the rater says so. A page that goes away might be a
 * reload, which must find the same pair again; a lease that nobody uses runs out by itself.
 */
export function ratingSession(code: string, locale: RaterLocale, deps: SessionDeps): RatingSession {
  const { port } = deps;
  const listeners = new Set<() => void>();
  let view: SessionSnapshot;
  let drawing: Promise<void> | null = null;
  let cancelRetry: (() => void) | null = null;
  let retryMs = FIRST_RETRY_MS;
  let isTrainingTold = false;
  let awaySinceMs: number | null = null;
  const renewed = new Set<string>();

  const set = (next: Partial<SessionSnapshot>) => {
    view = { ...view, ...next };
    for (const listener of listeners) listener();
  };
  const dispatch = (event: RatingEvent) => set({ rating: reduceRating(view.rating, event) });

  const outbox = voteOutbox(code, {
    storage: deps.storage,
    schedule: deps.schedule,
    nowMs: deps.nowMs,
    send: (vote) => known(() => port.vote(vote)),
    onState: (state) => set({ outbox: state }),
    onAccepted: () => void fill(),
    onRefused(vote) {
      dispatch({ type: 'vote-refused', assignmentId: vote.assignmentId });
      // Where the server takes no vote any more it lends nothing either: then the rater is told so.
      void fill(true);
    },
  });
  const unsent = outbox.unsent();
  view = {
    rating: initialRating(unsent.map((vote) => answerKey(vote.assignmentId, vote.question))),
    outbox: { unsent: unsent.length, isWaiting: false },
    isStalled: false,
  };

  /** Joins again and repeats the call when the server does not know this browser any more. */
  async function known<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (cause) {
      if (asRatingError(cause).code !== 'UNAUTHENTICATED') throw cause;
      await port.join(locale);
      return await call();
    }
  }

  function retryLater(callback: () => void): void {
    cancelRetry?.();
    cancelRetry = deps.schedule(retryMs, callback);
    retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
  }

  async function draw(isAfterAbsence: boolean, renewId: string | null): Promise<void> {
    // Before its votes are in, the server would only lend the same pairs again.
    if (outbox.unsent().length > 0) await outbox.flush();
    if (outbox.unsent().length > 0) return;
    try {
      if (!isTrainingTold && view.rating.study?.trained === false) {
        await known(() => port.finishTraining());
        isTrainingTold = true;
      }
      const drawn = await known(() => port.draw());
      dispatch({ type: 'drawn', view: drawn, isAfterAbsence, renewId });
      set({ isStalled: false });
      if (view.rating.phase === 'ended') void offerAnother();
      const isIdle = view.rating.phase === 'rating' && view.rating.queue.length === 0;
      if (isIdle) retryLater(() => void fill());
      else retryMs = FIRST_RETRY_MS;
    } catch (cause) {
      const error = asRatingError(cause);
      if (!error.isPassing) return dispatch({ type: 'failed', failure: failureOf(error) });
      set({ isStalled: true });
      retryLater(() => void fill(isAfterAbsence, renewId));
    }
  }

  async function fill(isAfterAbsence = false, renewId: string | null = null): Promise<void> {
    while (drawing) await drawing;
    if (!isAfterAbsence && renewId === null && !needsPairs(view.rating)) return;
    if (view.rating.phase !== 'rating') return;
    cancelRetry?.();
    cancelRetry = null;
    drawing = draw(isAfterAbsence, renewId).finally(() => {
      drawing = null;
    });
    await drawing;
  }

  async function offerAnother(): Promise<void> {
    try {
      const study = await port.join(locale);
      // A study that was closed by its next revision goes on there, by the same link.
      const isMoved = view.rating.end?.reason === 'closed' && study.end === null;
      const pairs = isMoved ? study.session.wantedPairs : study.nextSessionPairs;
      if (pairs > 0) dispatch({ type: 'another-offered', pairs });
    } catch {
      // Nothing is lost but the offer; a reload makes it again.
    }
  }

  function markAway(): void {
    awaySinceMs ??= deps.nowMs();
  }
  function markBack(): void {
    const isLong = awaySinceMs !== null && deps.nowMs() - awaySinceMs > ABSENCE_MS;
    awaySinceMs = null;
    if (isLong) void fill(true);
  }

  return {
    snapshot: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start(again = false) {
      try {
        dispatch({ type: 'joined', study: await port.join(locale, again) });
        retryMs = FIRST_RETRY_MS;
        void outbox.flush();
        await fill();
      } catch (cause) {
        const error = asRatingError(cause);
        dispatch({ type: 'failed', failure: failureOf(error) });
        if (error.isPassing) retryLater(() => void this.start());
      }
    },
    begin() {
      dispatch({ type: 'begun' });
      void fill();
    },
    answerTraining: (outcome) => dispatch({ type: 'training-answered', outcome }),
    nextTraining() {
      dispatch({ type: 'training-next' });
      void fill();
    },
    vote(outcome, measures) {
      const vote = voteInTurn(view.rating, outcome);
      if (!vote) return false;
      // On the device first: nothing that happens to the page after this line can lose it.
      outbox.add({ ...vote, ...measures });
      dispatch({ type: 'voted', outcome });
      return true;
    },
    async undo() {
      const { last } = view.rating;
      dispatch({ type: 'undo-asked' });
      if (!last || !view.rating.isUndoing) return;
      // Only what the server has can be taken back there.
      await outbox.flush();
      if (outbox.unsent().length > 0) return dispatch({ type: 'undo-failed' });
      try {
        const { assignmentId, question } = last;
        const undone = await known(() => port.undo({ assignmentId, question }));
        dispatch({ type: 'undone', ...undone });
        // To lend the comparison again the server may have taken the preloaded pair back.
        await fill(true);
      } catch {
        dispatch({ type: 'undo-failed' });
        await fill();
      }
    },
    async reportBroken(side, note) {
      const pair = view.rating.queue[0];
      if (!pair) return;
      const text = note.trim();
      const report = { assignmentId: pair.id, side, ...(text ? { note: text } : {}) };
      try {
        await known(() => port.reportBroken(report));
        dispatch({ type: 'reported', assignmentId: pair.id });
      } catch {
        dispatch({ type: 'report-failed' });
      }
      await fill();
    },
    pause() {
      dispatch({ type: 'paused' });
      markAway();
    },
    resume() {
      dispatch({ type: 'resumed' });
      markBack();
    },
    async leave() {
      await outbox.flush();
      try {
        await port.leave();
      } catch {
        // Not reached: the leases run out by themselves.
      }
      dispatch({ type: 'left' });
    },
    setSeen(isSeen) {
      if (!isSeen) markAway();
      else if (!view.rating.isPaused) markBack();
    },
    async clipsRefused(assignmentId) {
      if (renewed.has(assignmentId)) return;
      renewed.add(assignmentId);
      await fill(true, assignmentId);
    },
    reconnect() {
      void outbox.flush();
      if (view.rating.phase === 'failed' && view.rating.failure === 'network') void this.start();
      else void fill();
    },
    dispose() {
      cancelRetry?.();
      outbox.dispose();
    },
  };
}

function failureOf(error: RatingError): 'unknown-link' | 'network' | 'refused' {
  if (error.isPassing) return 'network';
  return error.code === 'NOT_FOUND' || error.code === 'BAD_INPUT' ? 'unknown-link' : 'refused';
}
