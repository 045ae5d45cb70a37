import { afterAll, expect, test } from 'vitest';
import type { run } from '#tests/factories/sample-thread.ts';
import { closeThreads, runInThread, threadTask } from './threads.ts';

const sample = threadTask<typeof run>('tests/factories/sample-thread.ts', 60);
const brief = threadTask<typeof run>('tests/factories/sample-thread.ts', 0.2);

afterAll(closeThreads);

test('a thread computes, and what is transferred moves', async () => {
  const values = Float64Array.of(1, 2, 3.5);
  expect(await runInThread(sample, { kind: 'sum', values })).toBe(6.5);
  expect(values.length).toBe(3);
  expect(await runInThread(sample, { kind: 'sum', values }, { transfer: [values.buffer] })).toBe(
    6.5,
  );
  expect(values.length).toBe(0);
});

test('an error keeps its code and data, and one that is no refusal its message', async () => {
  await expect(runInThread(sample, { kind: 'refuse' })).rejects.toMatchObject({
    name: 'AppError',
    code: 'BAD_INPUT',
    message: 'Refused on purpose.',
    data: { reason: 'on-purpose' },
  });
  await expect(runInThread(sample, { kind: 'fail' })).rejects.toThrow('Failed on purpose.');
});

test('work past its time limit is ended, and the next gets a new thread', async () => {
  await expect(runInThread(brief, { kind: 'spin' })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    data: { reason: 'too-slow' },
  });
  expect(await runInThread(sample, { kind: 'sum', values: Float64Array.of(1) })).toBe(1);
});

test('work that is aborted ends with the reason, before and while it runs', async () => {
  const reason = new Error('no longer wanted');
  await expect(
    runInThread(sample, { kind: 'spin' }, { signal: AbortSignal.abort(reason) }),
  ).rejects.toBe(reason);
  const abort = new AbortController();
  const work = runInThread(sample, { kind: 'spin' }, { signal: abort.signal });
  setImmediate(() => abort.abort(reason));
  await expect(work).rejects.toBe(reason);
});

test('closed threads come again when they are needed', async () => {
  await closeThreads();
  expect(await runInThread(sample, { kind: 'sum', values: Float64Array.of(2, 2) })).toBe(4);
});
