import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { slugOf } from '#lib/accounts/slug.ts';
import { AppError } from '#lib/core/errors.ts';
import { withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { VersionAddress } from '../find-version.ts';
import { readVersion } from '../read-version.ts';
import { axisDetail } from './axis-view.ts';
import { computeAxisJob } from './jobs.ts';
import { type AxisDetail, axisDefinitionSchema, type NewAxis } from './schema.ts';
import { subsetSlug } from './subsets-of-axis.ts';

/** Leaves room for the fraction and `-random` in the short names of its subsets. */
const LONGEST_SLUG = 48;

export interface CreateAxisOptions {
  /** `queue`: a worker finds the cuts. `here`: the caller will, with `runAxis`. */
  run?: 'queue' | 'here';
}

/**
 * Adds an axis to a version, whose cuts a worker then finds. Asking again for the same axis gives it.
 *
 * @throws AppError BAD_INPUT where the version has no such score; CONFLICT where the name belongs to
 *   another axis, or the version is not done; NOT_FOUND or FORBIDDEN
 */
export async function createAxis(
  platform: Pick<Platform, 'database' | 'queue'>,
  actor: Actor,
  { name, slug: wished, definition, ...address }: NewAxis & VersionAddress,
  { run = 'queue' }: CreateAxisOptions = {},
): Promise<AxisDetail> {
  await authorizeProject(platform, actor, address.project, 'project.write');
  const version = await readVersion(platform, actor, address);
  const column = version.columns.find((each) => each.name === definition.score);
  if (column === undefined || column.type === 'VARCHAR')
    throw new AppError(
      'BAD_INPUT',
      `Version ${version.number} has no score named ${definition.score}; it has ${scoresOf(version.columns)}.`,
      { field: 'score' },
    );
  const slug = (wished ?? slugOf(name, definition.score.replaceAll('_', '-')))
    .slice(0, LONGEST_SLUG)
    .replace(/-+$/, '');
  const where = { versionId_slug: { versionId: version.id, slug } };
  const { database } = platform;
  const taken = await database.subset.findFirst({
    where: {
      versionId: version.id,
      slug: { in: definition.fractions.map((fraction) => subsetSlug(slug, fraction)) },
      OR: [{ axisId: null }, { axis: { slug: { not: slug } } }],
    },
  });
  if (taken)
    throw new AppError(
      'CONFLICT',
      `This version has a subset named "${taken.slug}"; choose another name for the axis.`,
      { field: 'name' },
    );
  const row = await withTransaction(
    async (transaction) => {
      await transaction.datasetAxis.createMany({
        data: { versionId: version.id, slug, name, definition },
        skipDuplicates: true,
      });
      const kept = await transaction.datasetAxis.findUniqueOrThrow({ where });
      if (kept.state === 'failed')
        await transaction.datasetAxis.update({ where, data: { state: 'waiting', problem: null } });
      if (kept.state !== 'done' && run === 'queue')
        await platform.queue.enqueue(
          computeAxisJob,
          { axisId: kept.id },
          { singletonKey: String(kept.id), transaction },
        );
      return kept;
    },
    { database },
  );
  if (!isDeepStrictEqual(axisDefinitionSchema.parse(row.definition), definition))
    throw new AppError(
      'CONFLICT',
      `This version has another axis named "${row.name}"; choose another name.`,
      { field: 'name' },
    );
  const latest = await database.datasetAxis.findUniqueOrThrow({ where });
  return axisDetail(latest, { version: version.number, dataset: version.dataset.slug });
}

function scoresOf(columns: readonly { name: string; type: string }[]): string {
  const names = columns.filter(({ type }) => type !== 'VARCHAR').map(({ name }) => name);
  return names.length === 0 ? 'none' : names.join(', ');
}
