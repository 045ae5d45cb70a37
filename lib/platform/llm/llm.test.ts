import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { completion, type LlmReply, startLlmServer } from '#tests/factories/llm-server.ts';
import { parseEnvironment } from '../env.ts';
import { createLlm, type Llm, type LlmClock } from './llm.ts';

const REQUEST = {
  model: 'small',
  prompt: 'Merge "a red disc" and "a disc moves".',
  maxTokens: 50,
  temperature: 0,
  seed: 7,
};
/** A server that says so is asked again at once. */
const AT_ONCE = { 'retry-after-ms': '0' };

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-llm-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function open(url: string, variables: Record<string, string> = {}, time?: LlmClock): Llm {
  const environment = parseEnvironment({
    WINNOW_LLM_URL: url,
    WINNOW_LLM_KEY: 'sk-test',
    WINNOW_DATA_DIR: dataFolder(),
    ...variables,
  });
  return createLlm(environment, time);
}

async function playing(reply: (prompt: string, call: number) => LlmReply) {
  const server = await startLlmServer(reply);
  return { server, llm: open(server.url) };
}

test('a question goes out with model, seed and key, and its answer comes back with its cost', async () => {
  const server = await startLlmServer(() => '  A red disc moves.\n');
  const llm = open(`${server.url}/`, {
    WINNOW_LLM_INPUT_PRICE: '2',
    WINNOW_LLM_OUTPUT_PRICE: '8',
  });
  expect(await llm.complete(REQUEST)).toEqual({
    text: 'A red disc moves.',
    promptTokens: 20,
    completionTokens: 10,
    costDollars: (20 * 2 + 10 * 8) / 1e6,
    wasKept: false,
  });
  expect(server.calls).toEqual([
    {
      key: 'Bearer sk-test',
      body: {
        model: 'small',
        messages: [{ role: 'user', content: REQUEST.prompt }],
        max_tokens: 50,
        temperature: 0,
        seed: 7,
      },
    },
  ]);
});

test('the same question is asked once, across processes too; another one is asked', async () => {
  const server = await startLlmServer((_, call) => `answer ${call}`);
  const folder = dataFolder();
  const first = open(server.url, { WINNOW_DATA_DIR: folder });
  const both = await Promise.all([first.complete(REQUEST), first.complete(REQUEST)]);
  expect(both.map((answer) => answer.wasKept)).toEqual([false, true]);
  const later = open(server.url, { WINNOW_DATA_DIR: folder, WINNOW_LLM_INPUT_PRICE: '5' });
  expect(await later.complete(REQUEST)).toMatchObject({
    text: 'answer 0',
    wasKept: true,
    // What was paid at the time, whatever the price is now.
    costDollars: 0,
    promptTokens: 20,
  });
  expect(await later.complete({ ...REQUEST, seed: 8 })).toMatchObject({ text: 'answer 1' });
  expect(server.calls).toHaveLength(2);
});

test('a damaged kept answer is asked for again', async () => {
  const server = await startLlmServer((_, call) => `answer ${call}`);
  const folder = dataFolder();
  const llm = open(server.url, { WINNOW_DATA_DIR: folder });
  await llm.complete(REQUEST);
  const kept = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = kept.filter((path) => path.endsWith('.json'));
  expect(files).toHaveLength(1);
  for (const path of files) writeFileSync(join(folder, path), '{"text":');
  expect(await llm.complete(REQUEST)).toMatchObject({ text: 'answer 1' });
});

test.each([408, 409, 429, 500, 503])('status %i is tried again', async (status) => {
  const { server, llm } = await playing((_, call) =>
    call < 2 ? { status, headers: AT_ONCE, body: '{}' } : 'at last',
  );
  expect(await llm.complete(REQUEST)).toMatchObject({ text: 'at last' });
  expect(server.calls).toHaveLength(3);
});

test('the seconds of Retry-After are waited for', async () => {
  const { llm } = await playing((_, call) =>
    call === 0 ? { status: 429, headers: { 'retry-after': '0.2' }, body: '{}' } : 'at last',
  );
  const start = performance.now();
  await llm.complete(REQUEST);
  expect(performance.now() - start).toBeGreaterThan(190);
});

test('after five tries it gives up, and keeps nothing', async () => {
  const { server, llm } = await playing((_, call) =>
    call < 5 ? { status: 503, headers: AT_ONCE, body: '{}' } : 'too late',
  );
  await expect(llm.complete(REQUEST)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(server.calls).toHaveLength(5);
  expect(await llm.complete(REQUEST)).toMatchObject({ text: 'too late', wasKept: false });
});

test.each([
  [401, 'UNAVAILABLE', 'WINNOW_LLM_KEY'],
  [404, 'UNAVAILABLE', 'no model "small"'],
  [400, 'BAD_INPUT', '400'],
])('status %i is not tried again and names no secret', async (status, code, words) => {
  const body = JSON.stringify({ error: { message: 'Incorrect API key provided: sk-test' } });
  const { server, llm } = await playing(() => ({ status, body }));
  const failure = llm.complete(REQUEST);
  await expect(failure).rejects.toMatchObject({ code });
  await expect(failure).rejects.toThrow(words);
  await expect(failure).rejects.not.toThrow('sk-test');
  expect(server.calls).toHaveLength(1);
});

test.each(['{"choices": [', '[]', '{"choices": []}', '{"choices": [{"message": {}}]}'])(
  'the answer %s is refused as none',
  async (body) => {
    const { llm } = await playing(() => ({ status: 200, body }));
    await expect(llm.complete(REQUEST)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  },
);

test('an answer that is cut off is refused', async () => {
  const { llm } = await playing(() => ({ status: 200, body: completion('A red', 'length') }));
  await expect(llm.complete(REQUEST)).rejects.toThrow('cut off after 50 tokens');
});

test('a redirect is not followed, so that the key goes nowhere else', async () => {
  const other = await startLlmServer(() => 'stolen');
  const { llm } = await playing(() => ({
    status: 307,
    headers: { location: `${other.url}/chat/completions`, ...AT_ONCE },
    body: '',
  }));
  const stop = AbortSignal.timeout(200);
  await expect(llm.complete(REQUEST, stop)).rejects.toThrow();
  expect(other.calls).toHaveLength(0);
});

test('a question can be stopped while the server is silent', async () => {
  const stop = new AbortController();
  const { llm } = await playing(() => {
    stop.abort(new Error('enough'));
    return 'silence';
  });
  await expect(llm.complete(REQUEST, stop.signal)).rejects.toThrow('enough');
});

test('questions beyond the rate wait, by number and by tokens', async () => {
  const server = await startLlmServer(() => 'fine');
  const waits: number[] = [];
  const time: LlmClock = {
    now: () => 0,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
  };
  const byNumber = open(server.url, { WINNOW_LLM_REQUESTS_PER_MINUTE: '6' }, time);
  await byNumber.complete(REQUEST);
  await byNumber.complete({ ...REQUEST, seed: 1 });
  expect(waits).toEqual([10_000]);
  const byTokens = open(server.url, { WINNOW_LLM_TOKENS_PER_MINUTE: '360' }, time);
  await byTokens.complete(REQUEST);
  // The first used 30 of the 60 tokens of a burst; the second reserves all 60.
  await byTokens.complete({ ...REQUEST, seed: 1 });
  expect(waits).toEqual([10_000, 5000]);
});

test('without a server the sentence says what to set', async () => {
  const llm = createLlm(parseEnvironment({}));
  expect(() => llm.expectServer()).toThrow('WINNOW_LLM_URL');
  await expect(llm.complete(REQUEST)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});
