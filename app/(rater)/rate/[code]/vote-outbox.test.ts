import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { VoteInput } from '#lib/studies/rating/schema.ts';
import { RatingError } from './rating-port.ts';
import { type KeptStorage, type OutboxState, type VoteOutbox, voteOutbox } from './vote-outbox.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const vote = (n: number, question = 0): VoteInput => ({
  assignmentId: id(n),
  question,
  outcome: 'left',
  decisionMs: 2000,
  playsLeft: 1,
  playsRight: 1,
  watchedLeft: 1,
  watchedRight: 1,
  screenWidth: 1440,
  screenHeight: 900,
});
const keyOf = (sent: VoteInput) => `${sent.assignmentId}:${sent.question}`;

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

/** A server and a page around an outbox; time passes only by `tick`. */
function world(storage: KeptStorage | null = memoryStorage()) {
  const reached: string[] = [];
  const told: { accepted: string[]; refused: string[]; state: OutboxState } = {
    accepted: [],
    refused: [],
    state: { unsent: 0, isWaiting: false },
  };
  let behaviour: 'up' | 'down' | 'lost-answer' | 'refuses' = 'up';
  let timer: { ms: number; callback: () => void } | null = null;
  const open = (): VoteOutbox =>
    voteOutbox('study-code', {
      storage,
      nowMs: () => 1000,
      async send(sent) {
        if (behaviour === 'down') throw new RatingError('NETWORK', 'down');
        if (behaviour === 'refuses') throw new RatingError('GONE', 'closed');
        reached.push(keyOf(sent));
        if (behaviour === 'lost-answer') throw new RatingError('NETWORK', 'cut');
        const { assignmentId, question, outcome } = sent;
        return { assignmentId, question, outcome, receivedAt: '2030-01-01T00:00:00Z' };
      },
      schedule(ms, callback) {
        timer = { ms, callback };
        return () => {
          timer = null;
        };
      },
      onState: (state) => {
        told.state = state;
      },
      onAccepted: (sent) => told.accepted.push(keyOf(sent)),
      onRefused: (sent) => told.refused.push(keyOf(sent)),
    });
  return {
    open,
    reached,
    told,
    wait: () => timer?.ms ?? null,
    tick: () => timer?.callback(),
    set: (next: typeof behaviour) => {
      behaviour = next;
    },
  };
}

test('a vote goes out at once and is forgotten once it is answered', async () => {
  const { open, reached, told } = world();
  const outbox = open();
  outbox.add(vote(1));
  await outbox.flush();
  expect(reached).toEqual([keyOf(vote(1))]);
  expect(told.accepted).toEqual([keyOf(vote(1))]);
  expect(told.state).toEqual({ unsent: 0, isWaiting: false });
});

test('without a connection votes are kept, over a reload too, and sent in order', async () => {
  const storage = memoryStorage();
  const before = world(storage);
  before.set('down');
  const outbox = before.open();
  outbox.add(vote(2));
  outbox.add(vote(1));
  await outbox.flush();
  expect(before.told.state).toEqual({ unsent: 2, isWaiting: true });

  const after = world(storage);
  const reopened = after.open();
  expect(reopened.unsent().map(keyOf)).toEqual([vote(2), vote(1)].map(keyOf));
  await reopened.flush();
  expect(after.reached).toEqual([vote(2), vote(1)].map(keyOf));
  expect(world(storage).open().unsent()).toEqual([]);
});

test('tries again with longer and longer waits, at most 15 s', async () => {
  const { open, set, wait, tick } = world();
  set('down');
  const outbox = open();
  outbox.add(vote(1));
  const waits: (number | null)[] = [];
  for (let i = 0; i < 6; i++) {
    await outbox.flush();
    waits.push(wait());
    tick();
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 15000, 15000]);
});

test('V2: a lost answer sends the same vote again, and only that', async () => {
  const { open, set, reached, told, tick } = world();
  set('lost-answer');
  const outbox = open();
  outbox.add(vote(1));
  await outbox.flush();
  set('up');
  tick();
  await outbox.flush();
  expect(reached).toEqual([keyOf(vote(1)), keyOf(vote(1))]);
  expect(told.accepted).toEqual([keyOf(vote(1))]);
});

test('a refused vote is dropped and told, and the next one goes on', async () => {
  const { open, set, told } = world();
  set('refuses');
  const outbox = open();
  outbox.add(vote(1));
  await outbox.flush();
  set('up');
  outbox.add(vote(2));
  await outbox.flush();
  expect(told.refused).toEqual([keyOf(vote(1))]);
  expect(told.accepted).toEqual([keyOf(vote(2))]);
});

test('works without any storage, and with one that is full', async () => {
  const full: KeptStorage = {
    ...memoryStorage(),
    setItem() {
      throw new Error('QuotaExceededError');
    },
  };
  for (const storage of [null, full]) {
    const { open, told } = world(storage);
    const outbox = open();
    outbox.add(vote(1));
    await outbox.flush();
    expect(told.accepted).toHaveLength(1);
  }
});

test('leaves votes of other studies and foreign entries alone', () => {
  const storage = memoryStorage();
  storage.setItem('winnow:vote:other-code:x:0', JSON.stringify({ castMs: 1, vote: vote(9) }));
  storage.setItem('winnow:vote:study-code:y:0', '{"not":"a vote"}');
  expect(world(storage).open().unsent()).toEqual([]);
});

test('no vote is ever lost or answered twice, whatever the network and the page do', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('add' as const), n: fc.nat(9), question: fc.nat(1) }),
    fc.record({ do: fc.constantFrom('reload' as const, 'tick' as const, 'flush' as const) }),
    fc.record({
      do: fc.constant('network' as const),
      to: fc.constantFrom('up' as const, 'down' as const, 'lost-answer' as const),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { open, set, reached, told, tick } = world();
      const cast = new Set<string>();
      let outbox = open();
      for (const act of steps) {
        if (act.do === 'add') {
          const key = keyOf(vote(act.n, act.question));
          // The machine asks each question once.
          if (cast.has(key)) continue;
          cast.add(key);
          outbox.add(vote(act.n, act.question));
        } else if (act.do === 'network') set(act.to);
        else if (act.do === 'tick') tick();
        else if (act.do === 'flush') await outbox.flush();
        else {
          outbox.dispose();
          outbox = open();
        }
        const held = new Set(outbox.unsent().map(keyOf));
        for (const key of cast)
          expect(held.has(key) || told.accepted.includes(key) || reached.includes(key)).toBe(true);
      }
      set('up');
      await outbox.flush();
      await outbox.flush();
      expect(new Set(reached)).toEqual(cast);
      expect(outbox.unsent()).toEqual([]);
    }),
  );
});
