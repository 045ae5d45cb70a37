import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '#lib/core/errors.ts';
import type { Environment } from '../env.ts';
import { AnswerStore, type KeptAnswer } from './answer-store.ts';
import { askServer, type LlmRequest } from './ask-server.ts';
import { RateLimit } from './rate-limit.ts';

export interface LlmAnswer extends KeptAnswer {
  /** True where nobody was asked, and so nothing paid. */
  wasKept: boolean;
}

/**
 * The door to a language model: any server with OpenAI's chat completions, chosen by the environment
 * alone, since a project's user who chose the address could reach whatever this machine reaches.
 */
export interface Llm {
  /**
   * The model's answer to one prompt; the same request is asked once, ever.
   *
   * @throws AppError UNAVAILABLE where no server is set, or it can't be reached or refuses us;
   *   BAD_INPUT where it refuses this request or its answer is cut off
   */
  complete(request: LlmRequest, signal?: AbortSignal): Promise<LlmAnswer>;
  /** @throws AppError UNAVAILABLE where no server is set */
  expectServer(): void;
}

/** What `createLlm` needs of time; tests bring their own. */
export interface LlmClock {
  now(): number;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

const systemTime: LlmClock = {
  now: Date.now,
  wait: (milliseconds, signal) => wait(milliseconds, undefined, signal ? { signal } : {}),
};

/** Enough for an estimate of a prompt's tokens before the server has counted them. */
const LETTERS_PER_TOKEN = 4;
const MILLION = 1_000_000;

/** Opens the door; no connection is made before the first question. */
export function createLlm(
  { llm, dataDir }: Pick<Environment, 'llm' | 'dataDir'>,
  time: LlmClock = systemTime,
): Llm {
  const store = new AnswerStore(join(dataDir, 'llm-answers'));
  const requests = new RateLimit(llm.requestsPerMinute);
  const tokens = new RateLimit(llm.tokensPerMinute);
  const underWay = new Map<string, Promise<LlmAnswer>>();

  async function ask(url: string, key: string, request: LlmRequest, signal?: AbortSignal) {
    const kept = await store.find(key);
    if (kept) return { ...kept, wasKept: true };
    const estimate = Math.ceil(request.prompt.length / LETTERS_PER_TOKEN) + request.maxTokens;
    const now = time.now();
    const pause = Math.max(requests.reserve(now, 1), tokens.reserve(now, estimate));
    if (pause > 0) await time.wait(pause, signal);
    const given = await askServer({ url, key: llm.key }, request, signal);
    const { promptTokens, completionTokens } = given;
    tokens.correct(estimate, promptTokens + completionTokens);
    const costDollars =
      (promptTokens * llm.inputPrice + completionTokens * llm.outputPrice) / MILLION;
    const answer = { ...given, costDollars };
    await store.keep(key, answer);
    return { ...answer, wasKept: false };
  }

  function expectServer(): string {
    if (llm.url !== undefined) return llm.url;
    throw new AppError(
      'UNAVAILABLE',
      'No language model is set; whoever runs Winnow sets WINNOW_LLM_URL to the address of one.',
      { reason: 'llm' },
    );
  }

  return {
    expectServer,
    async complete(request, signal) {
      const url = expectServer();
      const { model, prompt, maxTokens, temperature, seed } = request;
      const key = AnswerStore.key([url, model, prompt, maxTokens, temperature, seed]);
      // Whoever asks the same meanwhile gets it for nothing, unless the first one fails.
      const first = underWay.get(key);
      if (first) {
        const answer = await first.catch(() => null);
        signal?.throwIfAborted();
        if (answer) return { ...answer, wasKept: true };
      }
      const asked = ask(url, key, request, signal);
      underWay.set(key, asked);
      try {
        return await asked;
      } finally {
        underWay.delete(key);
      }
    },
  };
}
