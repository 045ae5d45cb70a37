import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const chatRequest = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })).min(1),
  max_tokens: z.number(),
  temperature: z.number(),
  seed: z.number(),
});

export interface LlmCall {
  body: z.infer<typeof chatRequest>;
  key: string | undefined;
}

/** What the server does with one call: answers the text, or whatever the test wants. */
export type LlmReply =
  | string
  | { status: number; headers?: Record<string, string>; body: string }
  /** Takes the question and never answers. */
  | 'silence';

export interface LlmServer {
  url: string;
  /** The calls so far, in order. */
  calls: LlmCall[];
}

/**
 * A local page that plays an OpenAI-compatible server, until the test is over.
 *
 * @param reply what it says to the call of this number, from 0
 */
export async function startLlmServer(
  reply: (prompt: string, call: number) => LlmReply,
): Promise<LlmServer> {
  const calls: LlmCall[] = [];
  const server = createServer(async (request, response) => {
    const body = chatRequest.parse(JSON.parse(await read(request)));
    calls.push({ body, key: request.headers.authorization });
    answer(response, reply(body.messages.at(-1)?.content ?? '', calls.length - 1), request.url);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, calls };
}

function answer(response: ServerResponse, reply: LlmReply, path: string | undefined): void {
  if (reply === 'silence') return;
  if (path !== '/v1/chat/completions') return void response.writeHead(404).end();
  const { status, headers, body } =
    typeof reply === 'string' ? { status: 200, headers: {}, body: completion(reply) } : reply;
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

/** The body of a finished chat completion; 20 tokens in, 10 out. */
export function completion(content: string, finishReason = 'stop'): string {
  return JSON.stringify({
    id: 'chat-1',
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finishReason }],
    usage: { prompt_tokens: 20, completion_tokens: 10, total_tokens: 30 },
  });
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
