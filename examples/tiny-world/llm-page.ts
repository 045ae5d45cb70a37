// A page that answers as OpenAI-compatible servers do, for captions of the tiny world alone:
// node examples/tiny-world/llm-page.ts [port]
import { createServer } from 'node:http';
import { z } from 'zod';
import { mergeByRule } from './world/merge-by-rule.ts';

const chatRequest = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })).min(1),
});

const port = Number(process.argv[2] ?? 8101);
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body = chatRequest.safeParse(parseJson(Buffer.concat(chunks).toString()));
  const isKnown = request.method === 'POST' && request.url === '/v1/chat/completions';
  const status = !isKnown ? 404 : body.success ? 200 : 400;
  response.writeHead(status, { 'content-type': 'application/json' });
  if (!isKnown || !body.success) {
    response.end(JSON.stringify({ error: { message: 'POST a chat to /v1/chat/completions.' } }));
    return;
  }
  const prompt = body.data.messages.at(-1)?.content ?? '';
  const content = mergeByRule(prompt);
  const tokens = { prompt_tokens: words(prompt), completion_tokens: words(content) };
  response.end(
    JSON.stringify({
      id: 'chatcmpl-tiny-world',
      object: 'chat.completion',
      created: 0,
      model: body.data.model,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
      usage: { ...tokens, total_tokens: tokens.prompt_tokens + tokens.completion_tokens },
    }),
  );
});
server.listen(port, '127.0.0.1', () => console.log(`Listening on http://127.0.0.1:${port}/v1`));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function words(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
