import type { Actor } from '#lib/accounts/actor.ts';
import { Prisma, type Transaction, withTransaction } from '#lib/platform/database/client.ts';
import { runWork, type WorkOutcome } from '#lib/platform/database/run-work.ts';
import { leaseLost, type WorkLease } from '#lib/platform/database/work-lease.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { canonicalFiles } from '../canonical-files.ts';
import { type ReadVersion, readVersion } from '../read-version.ts';
import { type ClipRows, clipRows } from '../subsets/clip-rows.ts';
import { definitionHash } from '../subsets/definition-hash.ts';
import { subsetDefinitionSchema } from '../subsets/schema.ts';
import { computeCuts } from './compute-cuts.ts';
import { type AxisSubsets, describeAxis, nestedOf } from './describe-axis.ts';
import { countOverlaps, type NestedSubsets } from './levels.ts';
import {
  type AxisProgress,
  type AxisResult,
  axisDefinitionSchema,
  axisResultSchema,
  type Overlap,
} from './schema.ts';
import { subsetsOfAxis } from './subsets-of-axis.ts';

export const AXES = { name: 'dataset_axis', stateType: 'WorkState' };
const WORKER: Actor = { kind: 'system', name: 'worker' };

export type AxisPlatform = Pick<Platform, 'database' | 'blobs' | 'tables' | 'log'>;

export interface RunAxisOptions {
  signal: AbortSignal;
  onProgress?: (progress: AxisProgress) => void;
}

/**
 * Finds the cuts of an axis that waits and keeps its subsets. Can be stopped at any time; of several
 * processes that try, one works.
 *
 * @throws whatever ended it early, after which the axis waits to be run again
 */
export async function runAxis(
  platform: AxisPlatform,
  axisId: number,
  { signal, onProgress }: RunAxisOptions,
): Promise<WorkOutcome> {
  return runWork(platform, { table: AXES, id: axisId, signal }, (lease, whole) =>
    makeSubsets(platform, lease, whole, onProgress),
  );
}

async function makeSubsets(
  platform: AxisPlatform,
  lease: WorkLease,
  signal: AbortSignal,
  onProgress: RunAxisOptions['onProgress'],
): Promise<void> {
  const { database } = platform;
  const row = await database.datasetAxis.findUniqueOrThrow({
    where: { id: lease.id },
    include: { version: { include: { dataset: { include: { project: true } } } } },
  });
  const { dataset, number } = row.version;
  const version = await readVersion(platform, WORKER, {
    project: dataset.project.slug,
    dataset: dataset.slug,
    version: number,
  });
  const rows = clipRows(platform.tables, await canonicalFiles(platform, version), signal);
  const definition = axisDefinitionSchema.parse(row.definition);
  const tell = progressTeller(database, lease, definition.hasControl ? 7 : 6, onProgress);
  const cuts = await computeCuts(rows, row.slug, definition, tell);
  const subsets = subsetsOfAxis(row.slug, definition, cuts);
  const { columns } = version;
  const result = await describeAxis(rows, { definition, cuts, subsets, columns }, tell);
  await keep(platform, { lease, name: row.name, version, rows, subsets, result });
}

/** Writes each step that begins into the row, where pages look for it. */
function progressTeller(
  database: AxisPlatform['database'],
  lease: WorkLease,
  steps: number,
  onProgress: RunAxisOptions['onProgress'],
) {
  let done = 0;
  return (step: AxisProgress['step']) => {
    const progress = { step, done: done++, steps };
    onProgress?.(progress);
    // What is shown may lag behind: a failed write is made up for by the next one.
    database.datasetAxis
      .updateMany({ where: { ...lease, state: 'running' }, data: { progress } })
      .catch(() => undefined);
  };
}

interface Computed {
  lease: WorkLease;
  name: string;
  version: ReadVersion;
  rows: ClipRows;
  subsets: AxisSubsets;
  result: AxisResult;
}

/** Keeps result and subsets, once the overlap with every other axis is counted. */
async function keep(
  { database }: AxisPlatform,
  { lease, name, version, rows, subsets, result }: Computed,
): Promise<void> {
  const counted = new Map<number, Overlap[]>();
  const own = nestedOf(subsets);
  for (;;) {
    const isKept = await withTransaction(
      async (transaction) => {
        // Of two axes that end at once, the second sees the first.
        await transaction.$queryRaw`select id from dataset_version where id = ${version.id} for update`;
        const others = await otherAxes(transaction, version.id, lease.id);
        if (others.some(({ id }) => !counted.has(id))) return others;
        const overlaps = [...result.overlaps, ...[...counted.values()].flat()];
        const { count } = await transaction.datasetAxis.updateMany({
          where: { ...lease, state: 'running' },
          data: { result: { ...result, overlaps }, progress: Prisma.DbNull },
        });
        if (count === 0) throw leaseLost();
        await transaction.subset.deleteMany({ where: { axisId: lease.id } });
        await transaction.subset.createMany({
          data: subsets
            .flatMap(({ kept, control }) => (control ? [kept, control] : [kept]))
            .map(({ slug, title, clips, definition }) => ({
              versionId: version.id,
              axisId: lease.id,
              slug,
              name: `${name}, ${title}`,
              clips,
              definition,
              definitionHash: definitionHash(version.hash, definition),
            })),
        });
        return true;
      },
      { database },
    );
    if (isKept === true) return;
    for (const { id, nested } of isKept)
      if (!counted.has(id)) counted.set(id, await countOverlaps(rows, own, nested));
  }
}

/** The computed axes of a version beside this one, with their subsets as rules. */
async function otherAxes(
  transaction: Transaction,
  versionId: number,
  axisId: number,
): Promise<{ id: number; nested: NestedSubsets }[]> {
  const rows = await transaction.datasetAxis.findMany({
    where: { versionId, id: { not: axisId }, NOT: { result: { equals: Prisma.DbNull } } },
    include: { subsets: { select: { slug: true, definition: true } } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, result, subsets }) => {
    const slugs = axisResultSchema.parse(result).fractions.map(({ subset }) => subset);
    const definitions = slugs.flatMap((slug) => {
      const found = subsets.find((subset) => subset.slug === slug);
      return found ? [subsetDefinitionSchema.parse(found.definition)] : [];
    });
    return { id, nested: { slugs, definitions } };
  });
}
