import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '#lib/platform/database/client.ts';
import type { VoteReceipt } from '#lib/studies/rating/schema.ts';
import { startApiServer } from '#tests/factories/api-server.ts';
import { expectSoundCells } from '#tests/factories/cells.ts';
import { startCuttingProxy } from '#tests/factories/cutting-proxy.ts';
import { type HttpRater, joinByHttp } from '#tests/factories/http-rater.ts';
import { openTestPlatform, TEST_ORIGIN } from '#tests/factories/platform.ts';
import { voteOn } from '#tests/factories/rater.ts';
import { makeStudy } from '#tests/factories/study.ts';

// `npm run drill -- V2` sets the stated count.
const RETRIES = Number(process.env.V2_RETRIES ?? 100);
const PAIRS_PER_RATER = 25;

// Each cut would be a warning.
process.env.LOG_LEVEL = 'silent';
const platform = await openTestPlatform();
const databaseUrl = new URL(platform.environment.databaseUrl ?? '');
// PostgreSQL says that a transaction is committed by this very text.
const databaseProxy = await startCuttingProxy(Number(databaseUrl.port), (piece) =>
  piece.includes('COMMIT\0'),
);
databaseUrl.port = String(databaseProxy.port);
const database = openDatabase(databaseUrl.href, 2);
const server = await startApiServer({ ...platform, database });
const webProxy = await startCuttingProxy(server.port, () => true);
afterAll(async () => {
  await webProxy.close();
  await server.close();
  await database.$disconnect();
  await databaseProxy.close();
});

/** Sends until an answer comes, as the rating screen does. */
async function sendUntilAnswered(
  rater: HttpRater,
  vote: ReturnType<typeof voteOn>,
): Promise<{ receipt: VoteReceipt; failures: number }> {
  for (let failures = 0; ; failures++) {
    // A retry that says something else must not change the vote.
    const outcome = failures === 0 ? vote.outcome : 'tie';
    try {
      return { receipt: await rater.vote({ ...vote, outcome }), failures };
    } catch (error) {
      if (failures > 5) throw error;
    }
  }
}

test(`V2: ${RETRIES} votes whose answer is lost after the commit, none lost and none twice`, {
  timeout: 600_000,
}, async () => {
  const prompts = Math.ceil(RETRIES / 2 / 3);
  const study = await makeStudy(platform, {
    prompts: Math.max(prompts, PAIRS_PER_RATER),
    spec: { session: { pairs: PAIRS_PER_RATER } },
  });
  const receipts: VoteReceipt[] = [];
  let rater: HttpRater | undefined;
  while (receipts.length < RETRIES) {
    if (rater === undefined || receipts.length % PAIRS_PER_RATER === 0)
      rater = await joinByHttp(`http://127.0.0.1:${webProxy.port}`, study.joinCode, TEST_ORIGIN);
    const [pair] = (await rater.draw()).assignments;
    if (pair === undefined) throw new Error('The study ran out of work.');
    const vote = voteOn(pair, { outcome: receipts.length % 2 === 0 ? 'left' : 'right' });
    // In turn: the browser's connection breaks, or the one between server and database.
    const proxy = receipts.length % 2 === 0 ? webProxy : databaseProxy;
    const before = proxy.cuts;
    proxy.cutNext();
    const { receipt, failures } = await sendUntilAnswered(rater, vote);
    expect(proxy.cuts).toBe(before + 1);
    expect(failures).toBeGreaterThan(0);
    expect(receipt).toMatchObject({ assignmentId: pair.id, outcome: vote.outcome });
    receipts.push(receipt);
  }
  const votes = await platform.database.vote.findMany({ where: { studyId: study.id } });
  expect(votes).toHaveLength(RETRIES);
  const stored = new Map(votes.map((vote) => [vote.assignmentId, vote]));
  for (const receipt of receipts) {
    const vote = stored.get(receipt.assignmentId);
    expect(vote?.outcome).toBe(receipt.outcome);
    expect(vote?.createdAt.toISOString()).toBe(receipt.receivedAt);
  }
  await expectSoundCells(platform, study.id);
});
