import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { defineJob } from '#lib/core/jobs.ts';
import { withTransaction } from '#lib/platform/database/client.ts';
import { DEAD_LETTERS, openQueue } from '#lib/platform/queue.ts';
import { openTestDatabase } from '#tests/factories/database.ts';

const { url, client } = await openTestDatabase();
const queue = await openQueue({ url, role: 'worker' });
afterAll(() => queue.stop());

const payload = z.object({ id: z.number() });
const pendingOf = (name: string) =>
  client.$queryRaw<{ data: unknown }[]>`select data from pgboss.job where name = ${name}`;

test('a job reaches its handler with its parsed payload', async () => {
  const job = defineJob({ name: 'greet', payload });
  const done = Promise.withResolvers<unknown>();
  await queue.work(job, async ({ payload, attempt }) => done.resolve({ payload, attempt }));
  await queue.enqueue(job, { id: 7 });
  expect(await done.promise).toEqual({ payload: { id: 7 }, attempt: 0 });
});

test('a payload that is not as defined is refused', async () => {
  const job = defineJob({ name: 'refuse', payload });
  await expect(queue.enqueue(job, JSON.parse('{"id":"seven"}'))).rejects.toThrow(z.ZodError);
});

test('a burst becomes one job for each key', async () => {
  const job = defineJob({ name: 'burst', payload, policy: 'stately' });
  const ask = (singletonKey: string) => queue.enqueue(job, { id: 1 }, { singletonKey });
  const ids = await Promise.all([ask('a'), ask('a'), ask('b'), ask('a')]);
  expect(ids.filter((id) => id !== null)).toHaveLength(2);
  await expect(queue.enqueue(job, { id: 1 })).rejects.toThrow('needs a singletonKey');
});

test('a job of a transaction appears when that commits, and only then', async () => {
  const job = defineJob({ name: 'transactional', payload });
  const undone = withTransaction(
    async (transaction) => {
      await queue.enqueue(job, { id: 1 }, { transaction });
      throw new Error('changed my mind');
    },
    { database: client },
  );
  await expect(undone).rejects.toThrow('changed my mind');
  await withTransaction((transaction) => queue.enqueue(job, { id: 2 }, { transaction }), {
    database: client,
  });
  expect(await pendingOf('transactional')).toEqual([{ data: { id: 2 } }]);
});

test('R4 a poison job ends among the dead letters while others go on', async () => {
  const poison = defineJob({ name: 'poison', payload, retryLimit: 0 });
  const other = defineJob({ name: 'other', payload });
  const otherDone = Promise.withResolvers<void>();
  await queue.work(poison, async () => {
    throw new Error('always');
  });
  await queue.enqueue(poison, { id: 13 });
  await queue.work(other, async () => otherDone.resolve());
  await queue.enqueue(other, { id: 1 });
  await otherDone.promise;
  await expect
    .poll(() => pendingOf(DEAD_LETTERS), { timeout: 20_000 })
    .toEqual([{ data: { id: 13 } }]);
});

test('stopping tells a running job to end', async () => {
  const own = await openQueue({ url, role: 'worker' });
  const job = defineJob({ name: 'long', payload });
  const started = Promise.withResolvers<void>();
  const aborted = Promise.withResolvers<void>();
  await own.work(job, async ({ signal }) => {
    signal.addEventListener('abort', () => aborted.resolve());
    started.resolve();
    await aborted.promise;
  });
  await own.enqueue(job, { id: 1 });
  await started.promise;
  await own.stop();
  await aborted.promise;
});
