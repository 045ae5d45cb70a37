import { expect, test } from 'vitest';
import { type Transaction, withTransaction } from '#lib/platform/database/client.ts';
import { SQL_STATE, sqlState } from '#lib/platform/database/sql-state.ts';
import { openTestDatabase } from '#tests/factories/database.ts';

const { client: database } = await openTestDatabase();
await database.$executeRaw`create table purse (id int primary key, coins int not null)`;
await database.$executeRaw`insert into purse values (1, 0), (2, 0)`;

const coins = async () =>
  (
    await database.$queryRaw<{ sum: bigint }[]>`
  select sum(coins) from purse`
  )[0]?.sum;

/** Lets two transactions meet at a point, once each. */
function meetingPoint(): () => Promise<void> {
  let waiting = 2;
  const { promise, resolve } = Promise.withResolvers<void>();
  return () => {
    waiting -= 1;
    if (waiting === 0) resolve();
    return promise;
  };
}

test('what throws half-way leaves nothing', async () => {
  const half = withTransaction(
    async (transaction) => {
      await transaction.$executeRaw`update purse set coins = 5 where id = 1`;
      throw new Error('no');
    },
    { database },
  );
  await expect(half).rejects.toThrow('no');
  expect(await coins()).toBe(0n);
});

test('a serialization conflict is run again', async () => {
  const meet = meetingPoint();
  let runs = 0;
  const addOne = async (transaction: Transaction) => {
    runs += 1;
    const [row] = await transaction.$queryRaw<{ coins: number }[]>`
      select coins from purse where id = 1`;
    await meet();
    await transaction.$executeRaw`update purse set coins = ${(row?.coins ?? 0) + 1} where id = 1`;
  };
  const settings = { database, isolation: 'Serializable' } as const;
  await Promise.all([withTransaction(addOne, settings), withTransaction(addOne, settings)]);
  expect(await coins()).toBe(2n);
  expect(runs).toBe(3);
});

test('a deadlock is run again', async () => {
  const meet = meetingPoint();
  const lockBoth = (first: number, second: number) =>
    withTransaction(
      async (transaction) => {
        await transaction.$executeRaw`update purse set coins = coins + 1 where id = ${first}`;
        await meet();
        await transaction.$executeRaw`update purse set coins = coins + 1 where id = ${second}`;
      },
      { database },
    );
  const before = await coins();
  await Promise.all([lockBoth(1, 2), lockBoth(2, 1)]);
  expect(await coins()).toBe((before ?? 0n) + 4n);
});

test('raw SQL and Prisma calls give the same code for a broken unique constraint', async () => {
  const project = { data: { slug: 'twice', name: 'Twice' } };
  await database.project.create(project);
  const codes = await Promise.all([
    database.project.create(project).catch(sqlState),
    database.$executeRaw`insert into project (slug, name) values ('twice', 'Twice')`.catch(
      sqlState,
    ),
    Promise.reject(new Error('other')).catch(sqlState),
  ]);
  expect(codes).toEqual([SQL_STATE.uniqueViolation, SQL_STATE.uniqueViolation, undefined]);
});
