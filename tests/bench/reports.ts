import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#lib/accounts/actor.ts';
import { systemClock } from '#lib/core/clock.ts';
import { openDatabase } from '#lib/platform/database/client.ts';
import { startEmbedded } from '#lib/platform/database/embedded/server.ts';
import { migrate } from '#lib/platform/database/migrate.ts';
import { logger } from '#lib/platform/log.ts';
import { exportVotes } from '#lib/reports/exports/export-votes.ts';
import { rankStudy } from '#lib/reports/snapshots/rank-study.ts';
import { getReport } from '#lib/reports/study-report/get-report.ts';
import { excludeRater } from '#lib/studies/quality/exclude-rater.ts';
import { listRaters } from '#lib/studies/quality/list-raters.ts';
import { reviewRaters } from '#lib/studies/quality/review-raters.ts';
import { fillWithVotes } from '../factories/fill-with-votes.ts';
import { makeStudy } from '../factories/study.ts';

const VOTES = 1_000_000;
const READER: Actor = { kind: 'system', name: 'bench' };

/** What a study of 1 M votes costs its researchers: a ranking, a look at the report, an export. */
export async function run(print: (line: string) => void): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'winnow-bench-'));
  const server = await startEmbedded({ dataDir });
  await migrate(server.url);
  const database = openDatabase(server.url, 4);
  const platform = {
    database,
    log: logger('bench'),
    clock: systemClock,
    queue: { enqueue: async () => null },
  };
  try {
    const { id } = await makeStudy(
      { database },
      {
        arms: Array.from({ length: 10 }, (_, index) => `arm ${index}`),
        prompts: 1_000,
        spec: { votesPerCell: 100 },
      },
    );
    await fillWithVotes(database, id, VOTES);
    const { slug, project } = await database.study.findUniqueOrThrow({
      where: { id },
      include: { project: true },
    });
    const address = { project: project.slug, study: slug };
    const timed = async (name: string, task: () => Promise<unknown>) => {
      const start = performance.now();
      await task();
      const seconds = ((performance.now() - start) / 1000).toFixed(2);
      const mebibytes = Math.round(process.memoryUsage().rss / 2 ** 20);
      print(`${name.padEnd(44)} ${seconds} s, ${mebibytes} MiB resident`);
    };
    await timed('rank 1 M votes: 4 methods, 2 questions, mean', () => rankStudy(platform, id));
    await timed('rank again without a new vote', () => rankStudy(platform, id));
    await timed('the report', () => getReport(platform, READER, address));
    await timed('look at how 50 k raters answer', () => reviewRaters(platform, id));
    const raters = () => listRaters(platform, READER, { ...address, filter: 'all', page: 1 });
    const { raters: listed } = await raters();
    await timed('the first page of 50 k raters', raters);
    const rater = listed[0]?.rater ?? '';
    await timed('exclude a rater', () =>
      excludeRater(platform, READER, { ...address, rater, because: 'other', reason: 'A try.' }),
    );
    await timed('export 1 M votes as CSV', () =>
      exportVotes(platform, READER, { ...address, format: 'csv', all: false }),
    );
  } finally {
    await database.$disconnect();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
