import { expect, test } from 'vitest';
import type { AssignmentView, DrawView, RatingStudyView } from '#lib/studies/rating/schema.ts';
import { RatingError, type RatingPort } from './rating-port.ts';
import { ratingSession } from './rating-session.ts';
import type { VoteMeasures } from './session-types.ts';
import type { KeptStorage } from './vote-outbox.ts';

const measures: VoteMeasures = {
  decisionMs: 2000,
  playsLeft: 1,
  playsRight: 1,
  watchedLeft: 1,
  watchedRight: 1,
  screenWidth: 1440,
  screenHeight: 900,
};

function memoryStorage(): KeptStorage {
  const map = new Map<string, string>();
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    key: (index) => [...map.keys()][index] ?? null,
    get length() {
      return map.size;
    },
  };
}

/** A small honest server: at most two open pairs, one row a vote, undo as a new attempt. */
function server(wantedPairs = 5) {
  let made = 0;
  let open: AssignmentView[] = [];
  let done = 0;
  const rows: string[] = [];
  const calls: string[] = [];
  const behaviour = {
    isDown: false,
    isForgetful: false,
    isTrained: false,
    isClosed: false,
    training: 0,
  };
  const pair = (): AssignmentView => {
    made += 1;
    const clip = (side: string) => ({ videoUrl: `/media/${made}${side}` });
    return {
      id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
      pairNumber: made,
      questions: [0],
      prompt: { text: 'a fox', motion: null, imageUrls: [] },
      pair: { kind: 'video', left: clip('l'), right: clip('r') },
      leaseExpiresAt: '2030-01-01T00:00:00Z',
    };
  };
  const session = () => ({ wantedPairs, donePairs: done });
  const closed = { reason: 'closed' as const, code: 'OK', redirectUrl: null };
  const end = () =>
    done >= wantedPairs ? { reason: 'session-done' as const, code: 'OK', redirectUrl: null } : null;
  const called = (name: string) => {
    calls.push(name);
    if (behaviour.isDown) throw new RatingError('NETWORK', 'down');
    if (behaviour.isForgetful && name !== 'join')
      throw new RatingError('UNAUTHENTICATED', 'join first');
  };
  const example = {
    question: 0,
    prompt: { text: '', motion: null, imageUrls: [] },
    pair: pair().pair,
    expected: 'left' as const,
    explanation: { en: 'sharper' },
  };
  const port: RatingPort = {
    async join(): Promise<RatingStudyView> {
      called('join');
      behaviour.isForgetful = false;
      return {
        title: 'A study',
        kind: 'video',
        trial: false,
        questions: [{ position: 0, wording: { en: 'Which?' }, instructions: null }],
        questionMode: 'one',
        allowTies: true,
        requireFullPlay: true,
        minutes: 10,
        video: { width: 64, height: 64, fps: 24 },
        training: Array.from({ length: behaviour.training }, () => example),
        trained: behaviour.isTrained,
        session: session(),
        end: end(),
        nextSessionPairs: done >= wantedPairs ? wantedPairs : 0,
      };
    },
    async finishTraining() {
      called('training');
      behaviour.isTrained = true;
    },
    async draw(): Promise<DrawView> {
      called('draw');
      if (behaviour.isClosed) return { assignments: [], session: session(), end: closed };
      while (open.length < 2 && done + open.length < wantedPairs) open.push(pair());
      return { assignments: [...open], session: session(), end: open.length > 0 ? null : end() };
    },
    async vote({ assignmentId, question, outcome }) {
      called('vote');
      if (behaviour.isClosed) throw new RatingError('GONE', 'closed');
      const key = `${assignmentId}:${question}`;
      if (!rows.includes(key)) {
        rows.push(key);
        done += 1;
        open = open.filter(({ id }) => id !== assignmentId);
      }
      return { assignmentId, question, outcome, receivedAt: '2030-01-01T00:00:00Z' };
    },
    async undo() {
      called('undo');
      done -= 1;
      open = [pair(), ...open].slice(0, 2);
      return { assignment: open[0] ?? pair(), session: session() };
    },
    async reportBroken({ assignmentId }) {
      called('report');
      open = open.filter(({ id }) => id !== assignmentId);
    },
    async leave() {
      called('leave');
      open = [];
    },
  };
  return {
    port,
    rows,
    calls,
    behaviour,
    openIds: () => open.map(({ id }) => id),
    forget: () => {
      open = [];
    },
  };
}

function visit(
  port: RatingPort,
  storage: KeptStorage | null = memoryStorage(),
  clock = { nowMs: 0 },
) {
  const timers: (() => void)[] = [];
  const session = ratingSession('study-code', 'en', {
    port,
    storage,
    nowMs: () => clock.nowMs,
    schedule(_ms, callback) {
      timers.push(callback);
      return () => {
        timers.splice(timers.indexOf(callback), 1);
      };
    },
  });
  const state = () => session.snapshot().rating;
  const until = async (isSo: () => boolean) => {
    for (let turns = 0; turns < 1000 && !isSo(); turns++) await Promise.resolve();
    expect(isSo()).toBe(true);
  };
  const shown = () => state().queue[0]?.id;
  return { session, state, until, shown, tick: () => timers.shift()?.() };
}

test('a whole session: pair after pair, then the code', async () => {
  const { port, rows } = server(5);
  const { session, state, until } = visit(port);
  await session.start();
  session.begin();
  for (let i = 0; i < 5; i++) {
    await until(() => state().queue.length > 0);
    expect(session.vote('left', measures)).toBe(true);
  }
  await until(() => state().phase === 'ended');
  expect(rows).toHaveLength(5);
  expect(state().end).toMatchObject({ reason: 'session-done', code: 'OK' });
  await until(() => state().study?.nextSessionPairs === 5);
});

test('the next pair is there before the vote is answered', async () => {
  const { port } = server();
  const { session, state, until } = visit(port);
  await session.start();
  session.begin();
  await until(() => state().queue.length === 2);
  const next = state().queue[1]?.id;
  session.vote('left', measures);
  expect(state().queue[0]?.id).toBe(next);
});

test('a connection that drops: votes are kept over a reload and sent once', async () => {
  const { port, rows, behaviour } = server();
  const storage = memoryStorage();
  const before = visit(port, storage);
  await before.session.start();
  before.session.begin();
  await before.until(() => before.state().queue.length === 2);
  behaviour.isDown = true;
  before.session.vote('left', measures);
  before.session.vote('right', measures);
  await before.until(() => before.session.snapshot().outbox.isWaiting);
  expect(rows).toEqual([]);
  before.session.dispose();

  behaviour.isDown = false;
  const after = visit(port, storage);
  await after.session.start();
  await after.until(() => after.state().queue.length === 2);
  expect(rows).toHaveLength(2);
  expect(after.state().session.donePairs).toBe(2);
});

test('undo waits for the vote to arrive, then shows the comparison again', async () => {
  const { port, calls, openIds } = server();
  const { session, state, until } = visit(port);
  await session.start();
  session.begin();
  await until(() => state().queue.length === 2);
  session.vote('left', measures);
  await session.undo();
  expect(calls.lastIndexOf('vote')).toBeLessThan(calls.indexOf('undo'));
  expect(state().queue.map(({ id }) => id)).toEqual(openIds());
  expect(state()).toMatchObject({ last: null, notice: 'undone' });
});

test('without a connection nothing is undone, and the rater goes on', async () => {
  const { port, behaviour } = server();
  const { session, state, until } = visit(port);
  await session.start();
  session.begin();
  await until(() => state().queue.length === 2);
  behaviour.isDown = true;
  session.vote('left', measures);
  await session.undo();
  expect(state()).toMatchObject({ notice: 'undo-failed', isUndoing: false });
  expect(session.vote('left', measures)).toBe(true);
});

test('a broken video is reported and another pair comes, with no vote', async () => {
  const { port, rows } = server();
  const { session, state, until, shown } = visit(port);
  await session.start();
  session.begin();
  await until(() => state().queue.length === 2);
  const broken = shown();
  await session.reportBroken('left', ' flickers ');
  expect(shown()).not.toBe(broken);
  expect(rows).toEqual([]);
});

test('a lost cookie is healed by joining again', async () => {
  const { port, rows, behaviour } = server();
  const { session, state, until } = visit(port);
  await session.start();
  session.begin();
  await until(() => state().queue.length === 2);
  behaviour.isForgetful = true;
  session.vote('left', measures);
  await until(() => rows.length === 1);
});

test('training is told to the server before the first pair is drawn', async () => {
  const { port, calls, behaviour } = server();
  behaviour.training = 2;
  const { session, state, until } = visit(port);
  await session.start();
  session.begin();
  for (let i = 0; i < 2; i++) {
    expect(state().phase).toBe('training');
    session.answerTraining('left');
    session.nextTraining();
  }
  await until(() => state().queue.length === 2);
  expect(calls).toEqual(['join', 'training', 'draw']);
});

test('after a long absence pairs that are no longer lent are replaced without a word', async () => {
  const { port, openIds, forget } = server();
  const clock = { nowMs: 0 };
  const { session, state, until, shown } = visit(port, memoryStorage(), clock);
  await session.start();
  session.begin();
  await until(() => state().queue.length === 2);
  const before = shown();
  session.pause();
  forget();
  clock.nowMs = 20 * 60_000;
  session.resume();
  await until(() => shown() !== before);
  expect(state().queue.map(({ id }) => id)).toEqual(openIds());
  expect(state().notice).toBeNull();
});

test('a study that closes under a rater ends at the next vote', async () => {
  const { port, behaviour } = server();
  const { session, state, until } = visit(port);
  await session.start();
  session.begin();
  await until(() => state().queue.length === 2);
  behaviour.isClosed = true;
  session.vote('left', measures);
  await until(() => state().phase === 'ended');
  expect(state()).toMatchObject({ queue: [], end: { reason: 'closed', code: 'OK' } });
  // The link leads on to the next revision, whose session is offered.
  await until(() => state().study?.nextSessionPairs === 5);
});

test('clips that the server refuses ask for new pairs once', async () => {
  const { port, calls } = server();
  const { session, state, until, shown } = visit(port);
  await session.start();
  session.begin();
  await until(() => state().queue.length === 2);
  await session.clipsRefused(shown() ?? '');
  await session.clipsRefused(shown() ?? '');
  expect(calls.filter((name) => name === 'draw')).toHaveLength(2);
});

test('a start without a connection tries again by itself', async () => {
  const { port, behaviour } = server();
  behaviour.isDown = true;
  const { session, state, until, tick } = visit(port);
  await session.start();
  expect(state()).toMatchObject({ phase: 'failed', failure: 'network' });
  behaviour.isDown = false;
  tick();
  await until(() => state().phase === 'welcome');
});

test('leaving gives the pairs back', async () => {
  const { port, openIds } = server();
  const { session, state, until } = visit(port);
  await session.start();
  session.begin();
  await until(() => state().queue.length === 2);
  await session.leave();
  expect(openIds()).toEqual([]);
  expect(state().phase).toBe('left');
});
