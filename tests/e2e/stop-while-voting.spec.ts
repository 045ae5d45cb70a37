import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { openDatabase } from '#lib/platform/database/client.ts';
import type { DrawView } from '#lib/studies/rating/schema.ts';
import { type HttpRater, joinByHttp } from '#tests/factories/http-rater.ts';
import { voteOn } from '#tests/factories/rater.ts';
import { makeStudy } from '#tests/factories/study.ts';
import { startWebServer, type WebServer } from '#tests/factories/web-server.ts';

// `npm run drill -- R5` sets more.
const STOPS = Number(process.env.R5_STOPS ?? 1);
const STOP_LIMIT_MS = 30_000;
const RATERS = 8;

/** One request on a connection of its own: its JSON, or null when nobody took it. */
function send<Json>(url: string, cookie: string, body: object): Promise<Json | null> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', origin: new URL(url).origin, cookie };
    const sending = request(url, { method: 'POST', agent: false, headers }, async (response) => {
      const answer = await text(response).catch(reject);
      if (response.statusCode === 200) resolve(JSON.parse(answer ?? ''));
      else reject(new Error(`${response.statusCode}: ${answer}`));
    });
    sending.once('error', (error: NodeJS.ErrnoException) =>
      // A connection that the system still held in its queue was accepted by nobody.
      ['ECONNREFUSED', 'ECONNRESET'].includes(error.code ?? '') ? resolve(null) : reject(error),
    );
    sending.end(JSON.stringify(body));
  });
}

/** Draws and votes until the server is gone; collects the assignments whose vote was acknowledged. */
async function rate(
  server: WebServer,
  code: string,
  rater: HttpRater,
  acknowledged: string[],
): Promise<void> {
  const call = <Json>(path: string, body: object) =>
    send<Json>(`${server.url}/api/v1/rate/${code}/${path}`, rater.cookie, body);
  for (;;) {
    const drawn = await call<DrawView>('draw', {});
    const pair = drawn?.assignments[0];
    if (pair === undefined) return;
    if ((await call('votes', voteOn(pair))) === null) return;
    acknowledged.push(pair.id);
  }
}

for (let stop = 1; stop <= STOPS; stop++)
  test(`R5: SIGTERM while people vote, number ${stop}: every accepted vote is answered`, async () => {
    test.setTimeout(180_000);
    const dataDir = mkdtempSync(join(tmpdir(), 'winnow-stop-'));
    const server = await startWebServer(dataDir);
    const database = openDatabase(server.databaseUrl, 2);
    try {
      const study = await makeStudy(
        { database },
        { prompts: 400, spec: { session: { pairs: 1000 } } },
      );
      const raters = await Promise.all(
        Array.from({ length: RATERS }, () => joinByHttp(server.url, study.joinCode)),
      );
      const acknowledged: string[] = [];
      const rating = Promise.all(
        raters.map((rater) => rate(server, study.joinCode, rater, acknowledged)),
      );
      await expect.poll(() => acknowledged.length).toBeGreaterThan(40 + stop);
      const start = Date.now();
      // Next says that it ended by the signal, after it has finished its requests.
      expect([0, 143]).toContain(await server.stopWeb());
      expect(Date.now() - start).toBeLessThan(STOP_LIMIT_MS);
      await rating;
      const votes = await database.vote.findMany({
        where: { studyId: study.id },
        select: { assignmentId: true },
      });
      expect(votes.map((vote) => vote.assignmentId).toSorted()).toEqual(acknowledged.toSorted());
    } finally {
      await database.$disconnect();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
