import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { readCursor } from '#lib/core/row-cursor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { RunSummary } from '../schema.ts';
import { progressOf, sourceView } from './get-run.ts';
import { type LoadedRun, readRun } from './load-run.ts';
import { titleOf } from './stage-progress.ts';

/**
 * The runs of a project, newest first, a page at a time.
 *
 * @throws AppError NOT_FOUND, or BAD_INPUT for a cursor that no answer gave
 */
export async function listRuns(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: { project: string; cursor?: string | undefined; limit: number },
): Promise<{ runs: RunSummary[]; nextCursor: string | null }> {
  const project = await authorizeProject(platform, actor, input.project, 'project.read');
  const before = readCursor(input.cursor);
  const rows = await platform.database.curationRun.findMany({
    where: { projectId: project.id, ...(before === null ? {} : { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  const runs: RunSummary[] = [];
  for (const row of page) {
    const run = readRun(row);
    runs.push({
      slug: run.slug,
      name: run.name,
      state: run.state,
      source: sourceView(run.source),
      steps: run.steps.map((step) => titleOf(step.kind, step)),
      progress: await progressNow(platform, run),
      createdAt: row.createdAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
    });
  }
  return { runs, nextCursor: rows.length > input.limit ? String(page.at(-1)?.id) : null };
}

async function progressNow(
  { database }: Pick<Platform, 'database'>,
  run: LoadedRun,
): Promise<number> {
  if (run.state === 'done') return 1;
  const rows = await database.$queryRaw<{ share: number | null }[]>`
    select avg(case when state in ('done', 'cancelled') then 1
               when state = 'running' then progress else 0 end)::float8 as share
    from curation_unit where run_id = ${run.id} and step = ${run.stage}`;
  return progressOf(
    run.stages.map((_, index) => ({
      state: index < run.stage ? ('done' as const) : ('waiting' as const),
      share: index === run.stage ? (rows[0]?.share ?? 0) : 0,
    })),
  );
}
