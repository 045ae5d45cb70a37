import type { StoredStep } from '../schema.ts';
import type { OpenScorer, ScorerPlatform } from './scorer.ts';
import { scorerOf } from './scorer-of.ts';

/** How long an open scorer is kept with nobody asking it. */
const IDLE_MILLISECONDS = 60_000;

/** The scorers that are open in this process: each once for each settings, whoever asks for it. */
export interface ScorerShelf {
  /**
   * Lends a scorer, which is opened where it is not, and kept a while for the next one.
   *
   * @throws what opening it throws
   */
  withScorer<T>(step: StoredStep, use: (scorer: OpenScorer) => Promise<T>): Promise<T>;
  /** Closes all that nobody uses now; a later call opens them again. */
  close(): Promise<void>;
}

interface Kept {
  opened: Promise<OpenScorer>;
  users: number;
  timer: NodeJS.Timeout | undefined;
}

export function createScorerShelf(
  platform: ScorerPlatform,
  { idleMilliseconds = IDLE_MILLISECONDS }: { idleMilliseconds?: number } = {},
): ScorerShelf {
  const kept = new Map<string, Kept>();
  const drop = async (key: string, entry: Kept) => {
    if (kept.get(key) === entry) kept.delete(key);
    clearTimeout(entry.timer);
    const scorer = await entry.opened.catch(() => null);
    await scorer?.close().catch((error: unknown) => {
      platform.log.warn({ err: error }, 'a scorer could not be closed');
    });
  };
  return {
    async withScorer(step, use) {
      const { scorer, settings } = scorerOf(step);
      const key = `${scorer.name} ${JSON.stringify(settings)}`;
      const entry = kept.get(key) ?? {
        opened: scorer.open(platform, settings),
        users: 0,
        timer: undefined,
      };
      kept.set(key, entry);
      clearTimeout(entry.timer);
      entry.users++;
      try {
        return await use(
          await entry.opened.catch(async (error: unknown) => {
            // The next one tries anew: the model may be there by then.
            await drop(key, entry);
            throw error;
          }),
        );
      } finally {
        entry.users--;
        if (entry.users === 0 && kept.get(key) === entry)
          entry.timer = setTimeout(() => void drop(key, entry), idleMilliseconds).unref();
      }
    },
    async close() {
      for (const [key, entry] of [...kept]) if (entry.users === 0) await drop(key, entry);
    },
  };
}
