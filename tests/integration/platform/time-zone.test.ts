import { expect, test } from 'vitest';
import { openDatabase } from '#lib/platform/database/client.ts';
import { openTestDatabase } from '#tests/factories/database.ts';

const { client, url } = await openTestDatabase();

test("times mean the same to Prisma and to SQL, whatever the server's time zone", async () => {
  const name = new URL(url).pathname.slice(1);
  await client.$executeRawUnsafe(`alter database ${name} set timezone to 'Asia/Kathmandu'`);
  const fresh = openDatabase(url, 1);
  const now = new Date('2026-02-03T04:05:06.789Z');
  const { id } = await fresh.project.create({ data: { slug: 'p', name: 'P', createdAt: now } });
  const [row] = await fresh.$queryRaw<{ seconds: number; same: boolean }[]>`
    select extract(epoch from created_at)::float8 as seconds, created_at = ${now} as same
    from project where id = ${id}`;
  expect(row).toEqual({ seconds: now.getTime() / 1000, same: true });
  expect(await fresh.project.findUniqueOrThrow({ where: { id } })).toMatchObject({
    createdAt: now,
  });
  await fresh.$disconnect();
});
