import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import {
  type RunDetail,
  type RunSource,
  runResultSchema,
  type StageProgress,
  type StoredRunSource,
} from '../schema.ts';
import { findRun, type RunAddress } from './find-run.ts';
import { readRun } from './load-run.ts';
import { stageProgress, titleOf } from './stage-progress.ts';

const FAILED_SHOWN = 20;

/**
 * A run with its progress, stage by stage, and what stands in the way.
 *
 * @throws AppError NOT_FOUND or FORBIDDEN
 */
export async function getRun(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: RunAddress,
): Promise<RunDetail> {
  const { row } = await findRun(platform, actor, address, 'project.read');
  const { database } = platform;
  const run = readRun(row);
  const [stages, faults, failed, versions] = await Promise.all([
    stageProgress(platform, run),
    database.curationFault.count({ where: { runId: run.id } }),
    database.curationUnit.findMany({
      where: { runId: run.id, state: 'failed' },
      orderBy: [{ step: 'asc' }, { position: 'asc' }],
      take: FAILED_SHOWN,
    }),
    database.datasetVersion.findMany({
      where: { runId: run.id },
      select: { number: true, dataset: { select: { slug: true } } },
      orderBy: { id: 'asc' },
    }),
  ]);
  return {
    slug: run.slug,
    name: run.name,
    state: run.state,
    source: sourceView(run.source),
    steps: run.steps.map((step) => titleOf(step.kind, step)),
    progress: progressOf(stages),
    target: run.target,
    problem: row.problem,
    stages,
    faults,
    failed: failed.map(({ step, input, problem }) => ({
      stage: stages[step]?.title ?? '',
      what: whatOf(input),
      problem: problem ?? '',
    })),
    result: row.result === null ? null : runResultSchema.parse(row.result),
    versions: versions.map(({ number, dataset }) => ({ dataset: dataset.slug, version: number })),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** What people need to know of a source. */
export function sourceView(source: StoredRunSource): RunSource {
  return source.kind === 'videos'
    ? { kind: 'videos', path: source.path }
    : { kind: 'dataset', dataset: source.dataset, version: source.version };
}

/** Of all stages, each counted alike. */
export function progressOf(stages: readonly Pick<StageProgress, 'share' | 'state'>[]): number {
  const sum = stages.reduce((all, { share, state }) => all + (state === 'done' ? 1 : share), 0);
  return sum / stages.length;
}

/** What a piece of work is about. */
function whatOf(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  if ('path' in input) return String(input.path);
  if ('first' in input && 'last' in input) return `clips ${input.first} to ${input.last}`;
  return '';
}
