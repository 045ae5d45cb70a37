import { randomUUID } from 'node:crypto';
import { expect, type Response, test } from '@playwright/test';
import pino from 'pino';
import { systemClock } from '#lib/core/clock.ts';
import { createBlobs } from '#lib/platform/blobs/blobs.ts';
import { openDatabase } from '#lib/platform/database/client.ts';
import { connectionUrl, readConnection } from '#lib/platform/database/embedded/connection.ts';
import { parseEnvironment } from '#lib/platform/env.ts';
import { createLlm } from '#lib/platform/llm/llm.ts';
import { createMedia } from '#lib/platform/media/media.ts';
import { createModels } from '#lib/platform/models/models.ts';
import { createTables } from '#lib/platform/tables/tables.ts';
import { findWords, type PlantedStudy, plantStudy } from '#tests/factories/planted-study.ts';
import { RatingPage } from './rating-page.ts';

/** Plants the study on the server of this run. */
async function plant(): Promise<PlantedStudy> {
  const dataDir = process.env.WINNOW_E2E_DATA_DIR ?? '';
  const connection = readConnection(dataDir);
  if (!connection) throw new Error('The server of this run keeps no database in its data folder.');
  const database = openDatabase(connectionUrl(connection), 2);
  const media = createMedia();
  const tables = createTables();
  const environment = parseEnvironment({ WINNOW_DATA_DIR: dataDir });
  const models = createModels(environment.models);
  try {
    return await plantStudy({
      database,
      media,
      models,
      tables,
      blobs: createBlobs({ dataDir }),
      queue: { enqueue: async () => null },
      clock: systemClock,
      log: pino({ level: 'silent' }),
      environment,
      llm: createLlm(environment),
      secret: 'not needed for planting, but long enough',
    });
  } finally {
    media.close();
    models.close();
    tables.close();
    await database.$disconnect();
  }
}

test('B1: no page, payload, script or video that a rater gets tells an arm', async ({ page }) => {
  const study = await plant();
  const path = `/rate/${study.joinCode}`;
  const found: string[] = [];
  const kinds = new Set<string>();
  const search = (what: string, bytes: Buffer) => {
    for (const word of findWords(bytes, study.words)) found.push(`${what}: ${word}`);
  };
  const look = async (response: Response) => {
    const headers = await response.headersArray();
    const text = [response.url(), ...headers.map(({ name, value }) => `${name}: ${value}`)];
    search(response.url(), Buffer.from(text.join('\n')));
    // A video that is no longer wanted has no body; its bytes are fetched whole below.
    const body = await response.body().catch(() => Buffer.alloc(0));
    kinds.add(
      (headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '').split(
        ';',
      )[0] ?? '',
    );
    search(response.url(), body);
  };
  const looking: Promise<void>[] = [];
  const videos = new Set<string>();
  page.on('response', (response) => {
    looking.push(look(response));
    if (response.url().includes('/api/media/')) videos.add(response.url());
  });

  const rating = new RatingPage(page);
  await rating.begin(path);
  // Two training pairs, then six real ones with an undo and a report among them.
  for (let pair = 0; pair < 2; pair++) {
    await rating.left.click();
    await page.getByRole('button', { name: /^(Next example|Begin to rate)$/ }).click();
  }
  await rating.untilVotable(0);
  await page.keyboard.press('1');
  await rating.untilVotable(1);
  await page.keyboard.press('u');
  for (let done = 0; done < 6; done++) {
    await rating.untilVotable(done);
    search('the page', Buffer.from(await page.content()));
    await page.keyboard.press('2');
  }
  await expect(rating.code()).not.toBeEmpty();
  search('the last page', Buffer.from(await page.content()));

  // What a curious rater asks for by hand: payloads instead of pages, wrong addresses, whole videos.
  const curious: [string, Record<string, string>][] = [
    [path, { RSC: '1' }],
    [path, { RSC: '1', 'Next-Router-Prefetch': '1' }],
    [path, { 'Next-Action': 'x' }],
    [`/rate/${study.trialCode}`, {}],
    [`/rate/${randomUUID()}`, {}],
    [`/projects/${study.project}`, {}],
    ['/api/v1/projects', {}],
    [`/api/media/${'A'.repeat(107)}`, {}],
    ...[...videos].map((url): [string, Record<string, string>] => [url, {}]),
  ];
  for (const [url, headers] of curious) {
    const response = await page.request.get(url, { headers });
    const lines = response.headersArray().map(({ name, value }) => `${name}: ${value}`);
    // The address itself may hold a word where the rater has put it there.
    const own = url.includes(study.project) ? [study.project] : [];
    const bytes = Buffer.concat([Buffer.from(lines.join('\n')), await response.body()]);
    for (const word of findWords(bytes, study.words))
      if (!own.includes(word)) found.push(`${url}: ${word}`);
  }
  await Promise.all(looking);
  expect(found).toEqual([]);
  expect(videos.size).toBeGreaterThan(12);
  for (const kind of ['text/html', 'application/json', 'video/mp4']) expect(kinds).toContain(kind);
});
