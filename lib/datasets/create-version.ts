import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { slugOf } from '#lib/accounts/slug.ts';
import { Prisma, withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { getVersion } from './get-version.ts';
import { registerDatasetJob } from './jobs.ts';
import { nextVersion } from './next-version.ts';
import type { NewDataset, StoredSource, VersionDetail } from './schema.ts';
import { checkSource } from './sources/check-source.ts';

export interface CreateOptions {
  /** `queue`: a worker reads the table. `here`: the caller will, with `runRegistration`. */
  run?: 'queue' | 'here';
}

/**
 * Asks for a table to be registered: as a new dataset, or as the next version of one that is there.
 * Asking again while such a version of the same source waits or is read gives that version.
 *
 * @throws AppError FORBIDDEN or NOT_FOUND for a source that the actor may not have read; BAD_INPUT
 */
export async function createVersion(
  platform: Pick<Platform, 'database' | 'queue' | 'environment' | 'secret' | 'blobs'>,
  actor: Actor,
  input: NewDataset & { project: string },
  { run = 'queue' }: CreateOptions = {},
): Promise<VersionDetail> {
  const project = await authorizeProject(platform, actor, input.project, 'project.write');
  const reach = actor.kind === 'system' ? 'any' : 'import-roots';
  const stored: StoredSource = {
    kind: 'table',
    source: input.source,
    reach,
    tolerance: input.tolerance,
  };
  await checkSource(platform, input.source, { projectId: project.id, reach });
  const slug = input.slug ?? slugOf(input.name, 'dataset');
  const number = await withTransaction(
    async (transaction) => {
      const next = await nextVersion(transaction, project.id, { slug, name: input.name });
      const same = await transaction.datasetVersion.findFirst({
        where: {
          datasetId: next.datasetId,
          state: { in: ['waiting', 'running'] },
          source: { equals: stored },
          ...(input.mapping ? { mapping: { equals: input.mapping } } : {}),
        },
        orderBy: { number: 'desc' },
      });
      if (same) return same.number;
      const row = await transaction.datasetVersion.create({
        data: {
          datasetId: next.datasetId,
          number: next.number,
          source: stored,
          mapping: input.mapping ?? Prisma.JsonNull,
        },
      });
      if (run === 'queue')
        await platform.queue.enqueue(
          registerDatasetJob,
          { versionId: row.id },
          { singletonKey: String(row.id), transaction },
        );
      return next.number;
    },
    { database: platform.database },
  );
  return getVersion(platform, actor, { project: input.project, dataset: slug, version: number });
}
