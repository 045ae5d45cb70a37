import { isAbsolute } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { slugOf } from '#lib/accounts/slug.ts';
import { AppError } from '#lib/core/errors.ts';
import { withTransaction } from '#lib/platform/database/client.ts';
import { resolveWithin } from '#lib/platform/files/server-paths.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { NewRun, RunDetail, RunTarget, StoredRunSource, StoredStep } from '../schema.ts';
import { askLanes } from './ask-lanes.ts';
import { insertUnits } from './do-unit.ts';
import { getRun } from './get-run.ts';
import { parseSteps } from './parse-steps.ts';

/** A run as the two kinds of source make it. */
export interface RunToCreate extends Pick<NewRun, 'name' | 'slug' | 'cut' | 'steps' | 'dataset'> {
  project: string;
  source: StoredRunSource;
  /** The dataset that gets the clips; by default one of the run's name. */
  target?: RunTarget;
}

export interface CreateOptions {
  /** `queue`: workers do it. `here`: the caller will, with `workOnRun`. */
  run?: 'queue' | 'here';
}

/**
 * Creates a run over a folder of videos on the server, and starts it. Asking again with the same name,
 * source and steps gives the same run.
 *
 * @throws AppError BAD_INPUT for steps that don't fit; CONFLICT where the name belongs to another run;
 *   FORBIDDEN or NOT_FOUND for a path on the server that the actor may not have read
 */
export async function createVideoRun(
  platform: Pick<Platform, 'database' | 'environment' | 'queue'>,
  actor: Actor,
  { source, shardSize, ...input }: NewRun & { project: string },
  options: CreateOptions = {},
): Promise<RunDetail> {
  await authorizeProject(platform, actor, input.project, 'project.write');
  if (source.kind !== 'videos')
    throw new AppError('BAD_INPUT', 'Name a folder of videos as the source.', { field: 'source' });
  const { path } = source;
  if (!isAbsolute(path))
    throw new AppError('BAD_INPUT', 'Write the whole path, such as /srv/videos.', {
      field: 'path',
    });
  const reach = actor.kind === 'system' ? ('any' as const) : ('import-roots' as const);
  const { importRoots } = platform.environment;
  await resolveWithin(
    path,
    reach === 'any' ? { kind: 'any' } : { kind: 'import-roots', roots: importRoots },
  );
  const stored = { kind: 'videos' as const, path, reach, shardSize };
  return createRun(platform, actor, { ...input, source: stored }, options);
}

/** Creates a run over a source that has been checked, and starts it; else as `createVideoRun`. */
export async function createRun(
  platform: Pick<Platform, 'database' | 'queue'>,
  actor: Actor,
  input: RunToCreate,
  { run = 'queue' }: CreateOptions = {},
): Promise<RunDetail> {
  const project = await authorizeProject(platform, actor, input.project, 'project.write');
  const { source } = input;
  const steps = parseSteps(source, input);
  const slug = runSlug(input);
  const name = input.dataset ?? input.name;
  const target = input.target ?? { name, slug: slugOf(name, 'dataset') };
  await withTransaction(
    async (transaction) => {
      // Two that create the same run at once get the same one.
      const { count } = await transaction.curationRun.createMany({
        data: { projectId: project.id, slug, name: input.name, source, steps, target },
        skipDuplicates: true,
      });
      const where = { projectId_slug: { projectId: project.id, slug } };
      const row = await transaction.curationRun.findUniqueOrThrow({ where });
      if (count === 0) return refuseOther(row, { source, steps });
      await insertUnits(transaction, row.id, 0, [{}]);
      if (run === 'queue') await askLanes(platform, row.id, transaction);
    },
    { database: platform.database },
  );
  return getRun(platform, actor, { project: input.project, run: slug });
}

/** The name of a run in addresses. */
export function runSlug({ name, slug }: Pick<NewRun, 'name' | 'slug'>): string {
  return slug ?? slugOf(name, 'run');
}

function refuseOther(
  row: { name: string; source: unknown; steps: unknown },
  asked: { source: StoredRunSource; steps: StoredStep[] },
): void {
  const known = { source: row.source, steps: row.steps };
  if (isDeepStrictEqual(known, JSON.parse(JSON.stringify(asked)))) return;
  throw new AppError(
    'CONFLICT',
    `This project has a run named "${row.name}" with another source or other steps; choose another name.`,
    { field: 'name' },
  );
}
