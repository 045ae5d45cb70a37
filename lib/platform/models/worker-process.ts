// The child process in which models run: ONNX Runtime holds its thread while it computes. One task at a
// time, asked for over IPC; it has an empty environment, no network of its own making, and ends when its
// parent goes away.
import { perform } from './perform.ts';
import type { ModelReply, ModelRequest } from './task.ts';

process.on('disconnect', () => process.exit());
process.on('message', async ({ task, session }: ModelRequest) => {
  const reply: ModelReply = await perform(task, session).then(
    (result) => ({ kind: 'done', result }),
    (error: unknown) => ({
      kind: 'failed',
      message: (error instanceof Error ? error.message : String(error)).slice(0, 2000),
    }),
  );
  process.send?.(reply);
});
process.send?.('ready');
