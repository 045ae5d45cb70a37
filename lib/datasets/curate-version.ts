import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import { type CreateOptions, createRun, runSlug } from '#lib/curation/runs/create-run.ts';
import { readRun } from '#lib/curation/runs/load-run.ts';
import type { NewRun, RunDetail } from '#lib/curation/schema.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { readClipPlace } from './read-clip-place.ts';
import { readVersion } from './read-version.ts';

/**
 * Creates a run that scores the clips of a dataset's version, and starts it; its columns come with the
 * dataset's next version. Asking again with the same name, version and steps gives the same run.
 *
 * @throws AppError as `createRun`; NOT_FOUND, or CONFLICT where the version is not done
 */
export async function curateVersion(
  platform: Pick<Platform, 'database' | 'queue'>,
  actor: Actor,
  { source, shardSize, ...input }: NewRun & { project: string },
  options: CreateOptions = {},
): Promise<RunDetail> {
  if (source.kind !== 'dataset')
    throw new AppError('BAD_INPUT', 'Name a dataset as the source.', { field: 'source' });
  const { project } = input;
  const version = await readVersion(platform, actor, {
    project,
    dataset: source.dataset,
    version: source.version ?? (await versionOfRun(platform, actor, input, source.dataset)),
  });
  const { dataset } = version;
  const target = input.dataset === undefined ? { target: dataset } : {};
  return createRun(
    platform,
    actor,
    {
      ...input,
      ...target,
      source: {
        kind: 'table',
        dataset: dataset.slug,
        version: version.number,
        parts: [...version.parts],
        columns: version.columns.map(({ name, type }) => ({ name, type })),
        hasBlobs: version.lineage.hash?.scorer === 'cut',
        ...(await readClipPlace(platform, version.id)),
        shardSize,
      },
    },
    options,
  );
}

/** The version that a run of this name was made over, so that asking again means the same one. */
async function versionOfRun(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  { project: slug, ...input }: Pick<NewRun, 'name' | 'slug'> & { project: string },
  dataset: string,
): Promise<number | undefined> {
  const project = await authorizeProject(platform, actor, slug, 'project.write');
  const row = await platform.database.curationRun.findUnique({
    where: { projectId_slug: { projectId: project.id, slug: runSlug(input) } },
  });
  const source = row && readRun(row).source;
  return source?.kind === 'table' && source.dataset === dataset ? source.version : undefined;
}
