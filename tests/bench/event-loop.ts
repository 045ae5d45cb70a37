import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#lib/core/clock.ts';
import { openDatabase } from '#lib/platform/database/client.ts';
import { logger } from '#lib/platform/log.ts';
import type { Queue } from '#lib/platform/queue.ts';
import { closeThreads } from '#lib/platform/threads/threads.ts';
import { rankStudy } from '#lib/reports/snapshots/rank-study.ts';
import { watchStudy } from '#lib/studies/watch/watch-study.ts';
import { fillWithVotes } from '../factories/fill-with-votes.ts';
import { makeStudy } from '../factories/study.ts';
import { createTestUser } from '../factories/users.ts';
import { startWebServer } from '../factories/web-server.ts';

const VOTES = 1_000_000;
const LEVELS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Nothing is asked for later. */
const NO_QUEUE: Pick<Queue, 'enqueue'> = { enqueue: async () => null };

/** How long the web server stands still while the pages and files of a study of 1 M votes are fetched. */
export async function run(print: (line: string) => void): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'winnow-bench-'));
  const server = await startWebServer(dataDir, { watchesLoop: true });
  const database = openDatabase(server.databaseUrl, 4);
  try {
    const { id, project, slug } = await makeStudy(
      { database },
      {
        prompts: 1_000,
        spec: {
          votesPerCell: 100,
          axis: { kind: 'removed-fraction', name: 'Motion' },
          arms: LEVELS.map((level) => ({ name: `drop ${level}`, level })),
        },
      },
    );
    await fillWithVotes(database, id, VOTES);
    const doors = { database, log: logger('bench'), clock: systemClock, queue: NO_QUEUE };
    await rankStudy(doors, id);
    await watchStudy(doors, id);
    const { cookie } = await createTestUser(
      { database, secret: server.secret, environment: { publicUrl: server.url } },
      'admin',
    );
    const fetchOnce = async (path: string) => {
      await server.loopDelay();
      const start = performance.now();
      const response = await fetch(`${server.url}${path}`, { headers: { cookie } });
      const bytes = (await response.arrayBuffer()).byteLength;
      const seconds = (performance.now() - start) / 1000;
      if (!response.ok) throw new Error(`${path} answers ${response.status}.`);
      return { ...(await server.loopDelay()), seconds, kibibytes: Math.ceil(bytes / 1024) };
    };
    /** Twice: what is compiled and opened at the first time is told apart. */
    const fetched = async (name: string, path: string) => {
      const first = await fetchOnce(path);
      const { max, p99, seconds, kibibytes } = await fetchOnce(path);
      print(
        `${name.padEnd(24)} stood still ${max.toFixed(1).padStart(6)} ms at most ` +
          `(p99 ${p99.toFixed(1)}; first time ${first.max.toFixed(1)}); ` +
          `${seconds.toFixed(2)} s, ${kibibytes} KiB`,
      );
    };
    const page = `/projects/${project}/studies/${slug}`;
    const api = `/api/v1${page}`;
    await fetched('nothing much (health)', '/api/health?live');
    await fetched('the overview page', page);
    await fetched('the report page', `${page}/report`);
    await fetched('the study', api);
    await fetched('whether it is enough', `${api}/watch`);
    await fetched('the report', `${api}/report`);
    await fetched('the axis', `${api}/axis`);
    await fetched('the analysis', `${api}/analysis`);
    await fetched('all axes', `/api/v1/projects/${project}/reports`);
    await fetched('the raters', `${api}/raters`);
    await fetched('the comparisons', `${api}/comparisons`);
    await fetched('the leaderboard as SVG', `${api}/exports/figures/leaderboard/svg`);
    await fetched('the curve', `${api}/exports/figures/curve/svg`);
    await fetched('win shares as PNG', `${api}/exports/figures/win-shares/png`);
    await fetched('ratings as JSON', `${api}/exports/ratings/json`);
    await fetched('votes as CSV', `${api}/exports/votes/csv`);
    await fetched('the bundle', `${api}/exports/bundle`);
    await fetched('votes as JSON lines', `${api}/exports/votes/jsonl`);
  } finally {
    await database.$disconnect();
    await closeThreads();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
