// C2 scorers resume: killed again and again, with the same output bytes as an undisturbed run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { runDirectly } from '#lib/curation/runs/run-directly.ts';
import { workOnRun } from '#lib/curation/runs/work-on-run.ts';
import type { RunDetail } from '#lib/curation/schema.ts';
import { createScorerShelf } from '#lib/curation/scorers/scorer-shelf.ts';
import { fillWithClips, prepareRun } from '#tests/factories/curation.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';

const CLIPS = Number(process.env.C2_CLIPS ?? 30);
const KILLS = Number(process.env.C2_KILLS ?? 2);
const SHARD = Number(process.env.C2_SHARD ?? 5);
const LIMIT_MS = 120_000 + KILLS * 30_000;

const platform = await openTestPlatform();
const { database } = platform;
await database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const forever = new AbortController().signal;
const folder = openTestFolder();
fillWithClips(folder, CLIPS);
const input = {
  source: { kind: 'videos' as const, path: folder.path },
  cut: null,
  steps: [
    { scorer: 'motion' },
    { scorer: 'motion', settings: { column: 'fast', framesPerSecond: 8 } },
  ],
  shardSize: SHARD,
};

/** Lets the leases of dead processes count as lost at once. */
const silence = (runId: number) =>
  database.$executeRaw`
    update curation_unit set heartbeat_at = now() - interval '1 minute'
    where run_id = ${runId} and state = 'running'`;

const outcome = ({ result, faults }: RunDetail) => ({ result, faults });
const faultsOf = (runId: number) =>
  database.curationFault.findMany({
    where: { runId },
    select: { step: true, position: true, uid: true, path: true, reason: true },
    orderBy: [{ step: 'asc' }, { uid: 'asc' }],
  });

test(`C2 killed ${KILLS} times over ${CLIPS} clips: the same output bytes`, {
  timeout: LIMIT_MS,
}, async () => {
  const calm = await prepareRun(platform, { ...input, name: 'Calm' });
  const undisturbed = await runDirectly(platform, SYSTEM, calm.address, { signal: forever });
  expect(undisturbed).toMatchObject({ state: 'done', result: { clips: CLIPS - CLIPS / 10 } });
  const pieces = await database.curationUnit.count({ where: { runId: calm.id } });

  const killed = await prepareRun(platform, { ...input, name: 'Killed' });
  folder.file('killed.yaml', JSON.stringify({ ...input, name: 'Killed' }));
  const count = (state: 'done' | 'running') =>
    database.curationUnit.count({ where: { runId: killed.id, state } });
  const doneNow = () => count('done');
  /** How far it has come, while a piece is under way: a kill between two pieces proves less. */
  const doneMeanwhile = async () => ((await count('running')) > 0 ? doneNow() : 0);
  let caught = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    const before = await doneNow();
    const child = spawn(
      process.execPath,
      ['cli/main.ts', 'curate', 'run', folder.at('killed.yaml'), '--project', 'lab'],
      {
        stdio: 'ignore',
        env: {
          ...process.env,
          DATABASE_URL: platform.environment.databaseUrl,
          WINNOW_DATA_DIR: platform.environment.dataDir,
        },
      },
    );
    const goal = Math.max(before + 1, Math.floor((pieces * kill) / (KILLS + 1)));
    await expect.poll(doneMeanwhile, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(goal);
    child.kill('SIGKILL');
    await once(child, 'exit');
    caught += await silence(killed.id);
    expect((await killed.detail()).state).toBe('running');
  }
  // Of two kills both may come as a piece ends; of twenty never all.
  if (KILLS >= 10) expect(caught).toBeGreaterThan(0);
  const ended = await runDirectly(platform, SYSTEM, killed.address, { signal: forever });
  expect(ended.state).toBe('done');
  expect(outcome(ended)).toEqual(outcome(undisturbed));
  expect(await faultsOf(killed.id)).toEqual(await faultsOf(calm.id));
});

test('R3 a process that wakes up after its piece was taken over writes nothing', async () => {
  const run = await prepareRun(platform, {
    ...input,
    name: 'Frozen',
    steps: [{ scorer: 'motion' }],
  });
  const asleep = Promise.withResolvers<void>();
  const awake = Promise.withResolvers<void>();
  const frozenPlatform = {
    ...platform,
    media: {
      ...platform.media,
      measureFlow: async (...args: Parameters<typeof platform.media.measureFlow>) => {
        asleep.resolve();
        await awake.promise;
        return { ...(await platform.media.measureFlow(...args)), mean: 999 };
      },
    },
  };
  const scorers = createScorerShelf(frozenPlatform);
  const stopping = new AbortController();
  const frozen = workOnRun(frozenPlatform, run.id, {
    signal: stopping.signal,
    scorers,
    askWorkers: false,
  });
  await asleep.promise;
  await silence(run.id);
  const ended = await runDirectly(platform, SYSTEM, run.address, { signal: forever });
  expect(ended.state).toBe('done');
  awake.resolve();
  expect(await frozen).toBe('done');
  await scorers.close();
  const calm = await prepareRun(platform, {
    ...input,
    name: 'Calm too',
    steps: [{ scorer: 'motion' }],
  });
  const undisturbed = await runDirectly(platform, SYSTEM, calm.address, { signal: forever });
  expect(outcome(await run.detail())).toEqual(outcome(undisturbed));
});
