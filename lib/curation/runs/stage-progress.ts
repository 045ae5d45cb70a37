import type { Platform } from '#lib/platform/platform.ts';
import type { RunState, StageKind, StageProgress, StoredStep } from '../schema.ts';
import { SCORERS } from '../scorers/registry.ts';
import type { LoadedRun } from './load-run.ts';
import { stageNote } from './stage-note.ts';

const TITLES: Readonly<Record<Exclude<StageKind, 'score'>, string>> = {
  list: 'Find the videos',
  cut: 'Cut into clips',
  take: 'Look at the clips',
  gather: 'Gather the clips',
  join: 'Join the scores',
};

/** Of so many pieces that were done last the speed is told. */
const RECENT = 20;

interface Counts {
  step: number;
  units: number;
  done: number;
  failed: number;
  left_out: number;
  running: number;
  share: number;
  clips: number;
  faults: number;
}

/** How far each stage of a run has come. */
export async function stageProgress(
  platform: Pick<Platform, 'database'>,
  run: LoadedRun,
): Promise<StageProgress[]> {
  const { database } = platform;
  const rows = await database.$queryRaw<Counts[]>`
    select step, count(*)::int as units,
      count(*) filter (where state = 'done')::int as done,
      count(*) filter (where state = 'failed')::int as failed,
      count(*) filter (where state = 'cancelled')::int as left_out,
      count(*) filter (where state = 'running')::int as running,
      coalesce(sum(progress) filter (where state = 'running'), 0)::float8 as share,
      coalesce(sum(clips) filter (where state = 'done'), 0)::int as clips,
      coalesce(sum(faulty) filter (where state = 'done'), 0)::int as faults
    from curation_unit where run_id = ${run.id} group by step`;
  const stages: StageProgress[] = [];
  for (const [index, { kind, step }] of run.stages.entries()) {
    const counts = rows.find((row) => row.step === index);
    const isKnown = counts !== undefined && index <= run.stage;
    const isNow = index === run.stage && run.state !== 'done';
    const speed = isKnown && isNow && counts ? await speedOf(database, run, counts) : null;
    const left = counts ? counts.units - counts.done - counts.left_out - counts.share : 0;
    stages.push({
      kind,
      title: titleOf(kind, step),
      step,
      state: stateOf(index, run),
      units: counts?.units ?? null,
      unitsDone: counts?.done ?? 0,
      unitsFailed: counts?.failed ?? 0,
      share: shareOf(counts),
      clips: counts?.clips ?? 0,
      faults: counts?.faults ?? 0,
      clipsPerSecond: speed && speed.clips > 0 ? speed.clips : null,
      secondsLeft:
        speed && speed.units > 0
          ? Math.max(left / speed.units, await slowestLeft(database, run))
          : null,
      note: isKnown ? await stageNote(database, run, index, counts?.left_out ?? 0) : null,
    });
  }
  return stages;
}

/** What people call a stage. */
export function titleOf(kind: StageKind, step: StoredStep | null): string {
  if (kind !== 'score') return TITLES[kind];
  return SCORERS.find(({ name }) => name === step?.name)?.title ?? step?.name ?? 'Score';
}

function stateOf(index: number, run: LoadedRun): StageProgress['state'] {
  if (index < run.stage || run.state === 'done') return 'done';
  if (index > run.stage) return 'waiting';
  const here: Record<RunState, StageProgress['state']> = {
    waiting: 'waiting',
    running: 'running',
    paused: 'waiting',
    cancelled: 'waiting',
    failed: 'failed',
    done: 'done',
  };
  return here[run.state];
}

function shareOf(counts: Counts | undefined): number {
  if (!counts || counts.units === 0) return 0;
  return Math.min(1, (counts.done + counts.left_out + counts.share) / counts.units);
}

/** Seconds that the piece under way with the most left still takes, by how far it has come. */
async function slowestLeft(database: Platform['database'], run: LoadedRun): Promise<number> {
  const rows = await database.$queryRaw<{ seconds: number | null }[]>`
    select max(extract(epoch from now() - started_at) * (1 - progress) / progress)::float8 as seconds
    from curation_unit
    where run_id = ${run.id} and step = ${run.stage} and state = 'running' and progress > 0.01`;
  return rows[0]?.seconds ?? 0;
}

/** Clips and pieces a second, of what was done last; null while nothing tells. */
async function speedOf(
  database: Platform['database'],
  run: LoadedRun,
  { share }: Counts,
): Promise<{ clips: number; units: number } | null> {
  const recent = await database.curationUnit.findMany({
    where: { runId: run.id, step: run.stage, state: 'done', finishedAt: { not: null } },
    select: { clips: true, startedAt: true, finishedAt: true },
    orderBy: { finishedAt: 'desc' },
    take: RECENT,
  });
  const times = recent.flatMap(({ startedAt, finishedAt }) =>
    startedAt && finishedAt ? [startedAt.getTime(), finishedAt.getTime()] : [],
  );
  if (times.length > 0) {
    const seconds = Math.max(0.001, (Math.max(...times) - Math.min(...times)) / 1000);
    const clips = recent.reduce((sum, unit) => sum + unit.clips, 0);
    return { clips: clips / seconds, units: recent.length / seconds };
  }
  if (share === 0) return null;
  const first = await database.$queryRaw<{ seconds: number | null }[]>`
    select extract(epoch from now() - min(started_at))::float8 as seconds from curation_unit
    where run_id = ${run.id} and step = ${run.stage} and state = 'running'`;
  const seconds = first[0]?.seconds ?? 0;
  return seconds > 0 ? { clips: 0, units: share / seconds } : null;
}
