import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AssignmentView, EndView, RatingStudyView } from '#lib/studies/rating/schema.ts';
import {
  answerKey,
  canUndo,
  initialRating,
  needsPairs,
  questionInTurn,
  type RatingEvent,
  type RatingState,
  reduceRating,
  voteInTurn,
} from './rating-machine.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const clip = (n: number, side: string) => ({
  videoUrl: `/m/${n}${side}`,
  posterUrl: `/p/${n}${side}`,
});
const pair = (n: number, questions = [0]): AssignmentView => ({
  id: id(n),
  pairNumber: n,
  questions,
  prompt: { text: `prompt ${n}`, motion: null, imageUrls: [] },
  pair: { kind: 'video', left: clip(n, 'l'), right: clip(n, 'r') },
  leaseExpiresAt: '2030-01-01T00:00:00Z',
});
const study = (change: Partial<RatingStudyView> = {}): RatingStudyView => ({
  title: 'A study',
  kind: 'video',
  trial: false,
  questions: [{ position: 0, wording: { en: 'Which looks better?' }, instructions: null }],
  questionMode: 'one',
  allowTies: true,
  requireFullPlay: true,
  minutes: 10,
  video: { width: 576, height: 320, fps: 24 },
  training: [],
  trained: false,
  session: { wantedPairs: 30, donePairs: 0 },
  end: null,
  nextSessionPairs: 0,
  ...change,
});
const end: EndView = { reason: 'session-done', code: 'ABC', redirectUrl: null };
const drawn = (assignments: AssignmentView[], over: EndView | null = null): RatingEvent => ({
  type: 'drawn',
  view: { assignments, session: { wantedPairs: 30, donePairs: 0 }, end: over },
  isAfterAbsence: false,
  renewId: null,
});
const run = (events: RatingEvent[], from: RatingState = initialRating()) =>
  events.reduce(reduceRating, from);
const rating = (pairs: AssignmentView[], change: Partial<RatingStudyView> = {}) =>
  run([{ type: 'joined', study: study(change) }, { type: 'begun' }, drawn(pairs)]);

test('welcome, training, rating; a rater who was trained is not trained again', () => {
  const example = {
    question: 0,
    prompt: pair(1).prompt,
    pair: pair(1).pair,
    expected: 'left' as const,
    explanation: { en: 'It is sharper.' },
  };
  const training = [example, example];
  let state = run([{ type: 'joined', study: study({ training }) }, { type: 'begun' }]);
  expect(state.phase).toBe('training');
  state = run([{ type: 'training-answered', outcome: 'right' }, { type: 'training-next' }], state);
  expect(state).toMatchObject({ phase: 'training', training: { index: 1, answer: null } });
  expect(run([{ type: 'training-next' }], state).phase).toBe('rating');
  const again = study({ training, trained: true });
  expect(run([{ type: 'joined', study: again }, { type: 'begun' }]).phase).toBe('rating');
});

test('a rater who comes back in the middle goes straight on', () => {
  const unsent = initialRating([answerKey(id(1), 0)]);
  expect(run([{ type: 'joined', study: study() }], unsent).phase).toBe('rating');
  const session = { wantedPairs: 30, donePairs: 4 };
  expect(run([{ type: 'joined', study: study({ session }) }]).phase).toBe('rating');
});

test('a vote shows the preloaded pair at once and counts on', () => {
  const state = run([{ type: 'voted', outcome: 'left' }], rating([pair(1), pair(2)]));
  expect(state.queue.map((each) => each.id)).toEqual([id(2)]);
  expect(state.session.donePairs).toBe(1);
  expect(needsPairs(state)).toBe(true);
});

test('all questions are asked in turn before the next pair comes', () => {
  let state = rating([pair(1, [0, 1]), pair(2, [0, 1])]);
  state = run([{ type: 'voted', outcome: 'left' }], state);
  expect(state.queue[0]?.id).toBe(id(1));
  expect(questionInTurn(state)).toBe(1);
  expect(state.session.donePairs).toBe(0);
  state = run([{ type: 'voted', outcome: 'tie' }], state);
  expect(state.queue[0]?.id).toBe(id(2));
  expect(state.session.donePairs).toBe(1);
});

test('with ties off there is no tie to cast', () => {
  expect(voteInTurn(rating([pair(1)], { allowTies: false }), 'tie')).toBeNull();
});

test('a pair that was answered on this device is not asked again after a reload', () => {
  const reloaded = initialRating([answerKey(id(1), 0)]);
  const state = run(
    [
      { type: 'joined', study: study({ session: { wantedPairs: 30, donePairs: 1 } }) },
      drawn([pair(1), pair(2)]),
    ],
    reloaded,
  );
  expect(state.queue.map((each) => each.id)).toEqual([id(2)]);
});

test('undo brings the comparison back as a new attempt, once', () => {
  let state = run([{ type: 'voted', outcome: 'left' }], rating([pair(1), pair(2)]));
  expect(canUndo(state)).toBe(true);
  state = run([{ type: 'undo-asked' }], state);
  expect(voteInTurn(state, 'left')).toBeNull();
  const session = { wantedPairs: 30, donePairs: 0 };
  state = run([{ type: 'undone', assignment: pair(11), session }], state);
  expect(state.queue.map((each) => each.id)).toEqual([id(11), id(2)]);
  expect(state.session).toEqual(session);
  expect(canUndo(state)).toBe(false);
});

test('an undo that fails leaves everything as it was', () => {
  const before = run([{ type: 'voted', outcome: 'left' }], rating([pair(1), pair(2)]));
  const state = run([{ type: 'undo-asked' }, { type: 'undo-failed' }], before);
  expect(state).toMatchObject({ queue: before.queue, last: before.last, isUndoing: false });
});

test('the end comes when the last pair at hand is done, and can be undone', () => {
  let state = run([drawn([pair(1)], end)], rating([pair(1)]));
  expect(state.phase).toBe('rating');
  expect(needsPairs(state)).toBe(false);
  state = run([{ type: 'voted', outcome: 'right' }, drawn([], end)], state);
  expect(state).toMatchObject({ phase: 'ended', end });
  const session = { wantedPairs: 30, donePairs: 29 };
  state = run([{ type: 'undo-asked' }, { type: 'undone', assignment: pair(11), session }], state);
  expect(state).toMatchObject({ phase: 'rating', end: null });
});

test('a lease that ran out: the pair on screen stays while the rater is there, else it goes', () => {
  const shown = rating([pair(1), pair(2)]);
  expect(run([drawn([pair(3), pair(4)])], shown).queue[0]?.id).toBe(id(1));
  const absent: RatingEvent = {
    ...drawn([pair(3), pair(4)]),
    type: 'drawn',
    isAfterAbsence: true,
  } as RatingEvent;
  expect(run([absent], shown).queue.map((each) => each.id)).toEqual([id(3), id(4)]);
});

test('drawing again keeps the addresses of loaded clips, unless they are to be renewed', () => {
  const renewed = { ...pair(1), pair: { ...pair(1).pair, left: clip(99, 'l') } } as AssignmentView;
  const before = rating([pair(1), pair(2)]);
  expect(run([drawn([renewed, pair(2)])], before).queue[0]).toBe(before.queue[0]);
  const renewing = { ...drawn([renewed, pair(2)]), renewId: id(1) } as RatingEvent;
  expect(run([renewing], before).queue[0]).toEqual(renewed);
});

test('while paused nothing is cast', () => {
  const state = run([{ type: 'paused' }], rating([pair(1)]));
  expect(run([{ type: 'voted', outcome: 'left' }], state)).toBe(state);
});

test('never two votes for one question of an assignment, whatever happens', () => {
  const someEnd = fc.constantFrom(null, end);
  const some = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 2 });
  const event: fc.Arbitrary<RatingEvent> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .constantFrom('left', 'right', 'tie')
        .map((outcome) => ({ type: 'voted', outcome }) as RatingEvent),
    },
    {
      weight: 4,
      arbitrary: fc.tuple(some, someEnd, fc.boolean()).map(
        ([list, over, isAfterAbsence]) =>
          ({
            ...drawn(
              list.map((n) => pair(n, [0, 1])),
              over,
            ),
            isAfterAbsence,
          }) as RatingEvent,
      ),
    },
    fc.constantFrom<RatingEvent>(
      { type: 'undo-asked' },
      { type: 'undo-failed' },
      { type: 'paused' },
      { type: 'resumed' },
      { type: 'begun' },
      { type: 'vote-refused', assignmentId: id(1) },
      { type: 'reported', assignmentId: id(2) },
    ),
    fc.integer({ min: 100, max: 200 }).map(
      (n): RatingEvent => ({
        type: 'undone',
        assignment: pair(n, [0]),
        session: { wantedPairs: 30, donePairs: 0 },
      }),
    ),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let state = run([{ type: 'joined', study: study() }, { type: 'begun' }]);
      const cast = new Set<string>();
      let attempts = new Set<string>();
      for (const each of events) {
        // The server never gives an undone comparison back under an id that it gave before.
        if (each.type === 'undone') {
          if (attempts.has(each.assignment.id)) continue;
          if (state.isUndoing && state.last) attempts = new Set(attempts).add(each.assignment.id);
        }
        if (each.type === 'voted') {
          const vote = voteInTurn(state, each.outcome);
          if (vote) {
            const key = answerKey(vote.assignmentId, vote.question);
            expect(cast.has(key)).toBe(false);
            cast.add(key);
          }
        }
        state = reduceRating(state, each);
        const ids = state.queue.map((queued) => queued.id);
        expect(new Set(ids).size).toBe(ids.length);
        if (state.queue.length > 0) expect(questionInTurn(state)).not.toBeNull();
      }
    }),
    { numRuns: 500 },
  );
});
