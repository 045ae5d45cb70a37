import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { defineJob } from '#lib/core/jobs.ts';
import { openQueue } from '#lib/platform/queue.ts';
import { openTestDatabase } from '#tests/factories/database.ts';

const { client } = await openTestDatabase();
const watched = await openTestDatabase();
const queue = await openQueue({ url: watched.url, role: 'worker' });
afterAll(() => queue.stop());

// An uncaught error of any connection would fail this file.
test('client and queue go on after the server has cut every connection', async () => {
  const job = defineJob({ name: 'after-the-cut', payload: z.object({}) });
  const done = Promise.withResolvers<void>();
  await queue.work(job, async () => done.resolve());
  await watched.client.$queryRaw`select 1`;

  const name = new URL(watched.url).pathname.slice(1);
  const cut = await client.$queryRaw<{ pid: number }[]>`
    select pid, pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  expect(cut.length).toBeGreaterThan(2);

  await expect
    .poll(() => watched.client.$queryRaw`select 1 as one`.catch(() => 'cut off'))
    .toEqual([{ one: 1 }]);
  await expect.poll(() => queue.enqueue(job, {}).catch(() => null)).not.toBeNull();
  await done.promise;
});
