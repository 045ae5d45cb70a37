import OpenAI, { APIConnectionError, APIError, APIUserAbortError } from 'openai';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { KeptAnswer } from './answer-store.ts';

export interface LlmRequest {
  model: string;
  prompt: string;
  /** The longest answer, in tokens. */
  maxTokens: number;
  temperature: number;
  seed: number;
}

export interface LlmServer {
  url: string;
  key: string | undefined;
}

const MOST_TRIES = 5;
const TIMEOUT_MILLISECONDS = 60_000;
/** A server that counts no tokens is taken at its word: they cost nothing. */
const completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: z.int().min(0), completion_tokens: z.int().min(0) }).nullish(),
});

/**
 * One question to the server, with up to five tries: the client pauses longer and longer, or as long as
 * the server's Retry-After says.
 *
 * @throws AppError UNAVAILABLE or BAD_INPUT as `Llm.complete` says; the signal's reason on abort
 */
export async function askServer(
  { url, key }: LlmServer,
  { model, prompt, maxTokens, temperature, seed }: LlmRequest,
  signal?: AbortSignal,
): Promise<Omit<KeptAnswer, 'costDollars'>> {
  const client = new OpenAI({
    baseURL: url,
    // The client insists on a key; a server without one ignores the header.
    apiKey: key ?? 'none',
    organization: null,
    project: null,
    maxRetries: MOST_TRIES - 1,
    timeout: TIMEOUT_MILLISECONDS,
    logLevel: 'off',
    // The operator named one address: the key goes to no other.
    fetchOptions: { redirect: 'error' },
  });
  const reply: unknown = await client.chat.completions
    .create(
      {
        model,
        messages: [{ role: 'user', content: prompt }],
        max_tokens: maxTokens,
        temperature,
        seed,
      },
      signal ? { signal } : {},
    )
    .catch((error: unknown) => {
      throw explain(error, model, signal);
    });
  const parsed = completion.safeParse(reply);
  const choice = parsed.data?.choices[0];
  if (!choice)
    throw new AppError(
      'UNAVAILABLE',
      'The language model answered in another form than chat completions; check WINNOW_LLM_URL.',
      { reason: 'llm-form' },
    );
  if (choice.finish_reason === 'length')
    throw new AppError(
      'BAD_INPUT',
      `The language model's answer is cut off after ${maxTokens} tokens; allow more.`,
      { reason: 'llm-length' },
    );
  return {
    text: choice.message.content.trim(),
    promptTokens: parsed.data?.usage?.prompt_tokens ?? 0,
    completionTokens: parsed.data?.usage?.completion_tokens ?? 0,
  };
}

/** The server's words stay out of the message, since they may repeat what we sent, key included. */
function explain(error: unknown, model: string, signal?: AbortSignal): unknown {
  if (error instanceof APIUserAbortError) return signal?.reason ?? error;
  if (error instanceof APIConnectionError)
    return unavailable("can't be reached or takes too long", error);
  if (error instanceof APIError) {
    const { status } = error;
    if (status === 401 || status === 403) return unavailable('refuses WINNOW_LLM_KEY', error);
    if (status === 404) return unavailable(`knows no model "${model}" at this address`, error);
    if (status === 429) return unavailable('has had too many questions for now', error);
    if (status !== undefined && status < 500)
      return new AppError('BAD_INPUT', `The language model refuses the request (${status}).`, {
        reason: 'llm-refused',
        status,
      });
    return unavailable(`is out of order (${status})`, error);
  }
  return unavailable('answered something that is no JSON', error);
}

function unavailable(what: string, cause: unknown): AppError {
  return new AppError('UNAVAILABLE', `The language model ${what}.`, { reason: 'llm' }, { cause });
}
