import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type PrismaClient } from '#lib/platform/database/client.ts';
import { regularQuery } from '#lib/studies/rating/pick-regular.ts';
import { cpuMilliseconds, processTree } from '../factories/cpu.ts';
import { fillWithVotes } from '../factories/fill-with-votes.ts';
import { type HttpRater, joinByHttp } from '../factories/http-rater.ts';
import { voteOn } from '../factories/rater.ts';
import { makeStudy, type TestStudy } from '../factories/study.ts';
import { startWebServer, type WebServer } from '../factories/web-server.ts';

const FEW = 1_000;
const MANY = 1_000_000;
const CLIENTS = 4;
const WARM_UP_PAIRS = 200;
const PAIRS = 1_500;
const REACH_MS = 6;

/**
 * Next pair and vote against the production server, with 1 k and with 1 M votes in the study: latency,
 * throughput, and the processor time of web server and database for each request.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'winnow-bench-'));
  const server = await startWebServer(dataDir);
  const database = openDatabase(server.databaseUrl, 4);
  try {
    const study = await makeStudy(
      { database },
      {
        arms: Array.from({ length: 10 }, (_, index) => `arm ${index}`),
        prompts: 1_000,
        spec: { votesPerCell: 100, session: { pairs: 1_000 } },
      },
    );
    const costs: number[] = [];
    for (const votes of [FEW, MANY]) {
      await fillWithVotes(database, study.id, votes);
      print(`${votes.toLocaleString('en')} votes`);
      costs.push(await measure(print, server, database, study));
    }
    const [few = 0, many = 0] = costs;
    print(`reach: ${REACH_MS} ms a request: ${many <= REACH_MS ? 'met' : 'not met'}`);
    print(`with 1 M votes a request costs ${(many / few).toFixed(2)} of what it costs with 1 k`);
  } finally {
    await database.$disconnect();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(
  print: (line: string) => void,
  server: WebServer,
  database: PrismaClient,
  study: TestStudy,
): Promise<number> {
  const raters = await Promise.all(
    Array.from({ length: CLIENTS }, () => joinByHttp(server.url, study.joinCode)),
  );
  await ratePairs(raters, WARM_UP_PAIRS);
  const before = cpuOf(server);
  const start = performance.now();
  const { draws, votes } = await ratePairs(raters, PAIRS);
  const seconds = (performance.now() - start) / 1000;
  const requests = draws.length + votes.length;
  const after = cpuOf(server);
  const web = (after.web - before.web) / requests;
  const postgres = (after.database - before.database) / requests;
  print(`  next pair ${quantiles(draws)}`);
  print(`  vote      ${quantiles(votes)}`);
  print(`  ${Math.round(requests / seconds)} requests/s with ${CLIENTS} raters at once`);
  print(
    `  ${(web + postgres).toFixed(2)} ms of processor time a request (web ${web.toFixed(2)}, database ${postgres.toFixed(2)})`,
  );
  for (const line of await planOf(database, study)) print(`  ${line}`);
  return web + postgres;
}

/** Processor time used so far, in milliseconds. The database's processes come and go with connections. */
function cpuOf({ pids }: WebServer) {
  return {
    web: cpuMilliseconds(processTree(pids.web)),
    database: cpuMilliseconds(processTree(pids.database)),
  };
}

async function ratePairs(raters: readonly HttpRater[], pairs: number) {
  const draws: number[] = [];
  const votes: number[] = [];
  const timed = async <T>(times: number[], act: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await act();
    times.push(performance.now() - start);
    return result;
  };
  await Promise.all(
    raters.map(async (rater) => {
      while (votes.length < pairs) {
        const { assignments } = await timed(draws, () => rater.draw());
        const [pair] = assignments;
        if (pair === undefined) throw new Error('The study ran out of work.');
        await timed(votes, () => rater.vote(voteOn(pair)));
      }
    }),
  );
  return { draws, votes };
}

function quantiles(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`;
}

/** What PostgreSQL does to find the next cell. */
async function planOf(database: PrismaClient, study: TestStudy): Promise<string[]> {
  const rater = await database.rater.findFirstOrThrow({ where: { studyId: study.id } });
  const query = regularQuery(
    {
      studyId: study.id,
      raterId: rater.id,
      coin: 1,
      questionMode: 'one',
      questions: [0, 1],
      mostWanted: study.spec.votesPerCell,
    },
    false,
  );
  const rows = await database.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(
    `explain (analyze, buffers) ${query.text}`,
    ...query.values,
  );
  const plan = rows.map((row) => row['QUERY PLAN']);
  if (!plan.some((line) => line.includes('Index Scan using cell_study_id_kind_load_shuffle_idx')))
    throw new Error(`The next cell is not found by its index:\n${plan.join('\n')}`);
  return plan;
}
