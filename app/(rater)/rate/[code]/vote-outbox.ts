import * as z from 'zod';
import { type VoteInput, type VoteReceipt, voteInputSchema } from '#lib/studies/rating/schema.ts';
import { asRatingError, type RatingError } from './rating-port.ts';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

/** The part of `localStorage` that is used. */
export type KeptStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface OutboxDeps {
  /** Null where the browser keeps nothing (private windows): votes then live in memory only. */
  storage: KeptStorage | null;
  send(vote: VoteInput): Promise<VoteReceipt>;
  /** Calls back after that many milliseconds; the returned function takes it back. */
  schedule(ms: number, callback: () => void): () => void;
  nowMs(): number;
  /** `waiting`: the last try failed in passing, and votes are kept for the next. */
  onState(state: OutboxState): void;
  onAccepted(vote: VoteInput): void;
  onRefused(vote: VoteInput, error: RatingError): void;
}

export interface OutboxState {
  unsent: number;
  isWaiting: boolean;
}

export interface VoteOutbox {
  /** Keeps the vote, then sends it. A second vote for one assignment and question is ignored. */
  add(vote: VoteInput): void;
  /** In the order in which they were cast. */
  unsent(): readonly VoteInput[];
  /** Sends now what is left; resolves when all is sent or a try failed. */
  flush(): Promise<void>;
  dispose(): void;
}

const keptSchema = z.object({ castMs: z.number(), vote: voteInputSchema });
type Kept = z.infer<typeof keptSchema>;

/**
 * Votes on their way. Each is written to the device before anything else happens, under a key of its
 * own (so that two tabs can't overwrite each other), and erased only when the server has answered.
 * The server gives one answer however often a vote is sent, so sending again is always safe.
 *
 * @param scope the study's code: votes of other studies are left alone
 */
export function voteOutbox(scope: string, deps: OutboxDeps): VoteOutbox {
  const prefix = `winnow:vote:${scope}:`;
  const kept = new Map<string, Kept>(readKept(prefix, deps.storage));
  let sending: Promise<void> | null = null;
  let retryMs = FIRST_RETRY_MS;
  let cancelRetry: (() => void) | null = null;
  let isWaiting = false;
  let lastCastMs = Math.max(0, ...[...kept.values()].map((entry) => entry.castMs));
  const keyOf = (vote: VoteInput) => `${prefix}${vote.assignmentId}:${vote.question}`;
  const inOrder = () => [...kept.entries()].sort((a, b) => a[1].castMs - b[1].castMs);
  const tell = () => deps.onState({ unsent: kept.size, isWaiting });

  function drop(key: string): void {
    kept.delete(key);
    try {
      deps.storage?.removeItem(key);
    } catch {
      // Left behind it is sent once more after a reload, and answered the same.
    }
  }

  async function sendAll(): Promise<void> {
    cancelRetry?.();
    cancelRetry = null;
    for (let next = inOrder()[0]; next; next = inOrder()[0]) {
      const [key, { vote }] = next;
      try {
        await deps.send(vote);
      } catch (cause) {
        const error = asRatingError(cause);
        if (error.isPassing) {
          isWaiting = true;
          cancelRetry = deps.schedule(retryMs, () => void flush());
          retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
          tell();
          return;
        }
        drop(key);
        deps.onRefused(vote, error);
        tell();
        continue;
      }
      drop(key);
      retryMs = FIRST_RETRY_MS;
      isWaiting = false;
      deps.onAccepted(vote);
      tell();
    }
  }

  function flush(): Promise<void> {
    sending ??= sendAll().finally(() => {
      sending = null;
    });
    return sending;
  }

  return {
    add(vote) {
      const key = keyOf(vote);
      if (kept.has(key)) return;
      lastCastMs = Math.max(lastCastMs + 1, deps.nowMs());
      const entry = { castMs: lastCastMs, vote };
      kept.set(key, entry);
      try {
        deps.storage?.setItem(key, JSON.stringify(entry));
      } catch {
        // A full or forbidden storage: the vote is still sent from memory.
      }
      tell();
      // While a retry is waiting, an early try would only fail too and lengthen the wait.
      if (!cancelRetry) void flush();
    },
    unsent: () => inOrder().map(([, entry]) => entry.vote),
    flush,
    dispose() {
      cancelRetry?.();
      cancelRetry = null;
    },
  };
}

function readKept(prefix: string, storage: KeptStorage | null): [string, Kept][] {
  const found: [string, Kept][] = [];
  try {
    for (let i = 0; storage && i < storage.length; i++) {
      const key = storage.key(i);
      if (!key?.startsWith(prefix)) continue;
      const parsed = keptSchema.safeParse(JSON.parse(storage.getItem(key) ?? 'null'));
      if (parsed.success) found.push([key, parsed.data]);
    }
  } catch {
    // A storage that can't be read holds nothing that could be sent.
  }
  return found;
}
