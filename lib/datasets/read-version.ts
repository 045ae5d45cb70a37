import * as z from 'zod';
import type { Actor } from '#lib/accounts/actor.ts';
import type { ProjectId } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findVersion, type VersionAddress } from './find-version.ts';
import {
  type CanonicalColumn,
  canonicalColumnSchema,
  type Lineage,
  lineageSchema,
  type Mapping,
  mappingSchema,
} from './schema.ts';

/** A version that is done: what all work on its clips starts from. It never changes. */
export interface ReadVersion {
  id: number;
  projectId: ProjectId;
  project: string;
  dataset: { id: number; slug: string; name: string };
  number: number;
  /** SHA-256 over the columns and the parts: equal for equal clips. */
  hash: string;
  clips: number;
  /** Hashes of the Parquet blobs, in the order of their clips' uids. */
  parts: readonly string[];
  columns: readonly CanonicalColumn[];
  /** Null where Winnow cut the clips itself: each is then the blob that its column `hash` names. */
  mapping: Mapping | null;
  lineage: Lineage;
}

/**
 * A version that is done, if the actor may read its project. Without a number, the newest done one.
 *
 * @throws AppError NOT_FOUND, or CONFLICT where the version is not done
 */
export async function readVersion(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: VersionAddress,
): Promise<ReadVersion> {
  const { project, dataset, row } = await findVersion(platform, actor, address, 'project.read');
  if (row.state !== 'done' || row.hash === null)
    throw new AppError(
      'CONFLICT',
      `Version ${row.number} of the dataset "${dataset.name}" is not done: wait for its registration.`,
      { reason: 'version-not-done', state: row.state },
    );
  return {
    id: row.id,
    projectId: project.id,
    project: project.slug,
    dataset: { id: dataset.id, slug: dataset.slug, name: dataset.name },
    number: row.number,
    hash: row.hash,
    clips: Number(row.clips),
    parts: row.parts,
    columns: z.array(canonicalColumnSchema).parse(row.columns),
    mapping: mappingSchema.nullable().parse(row.mapping),
    lineage: lineageSchema.parse(row.lineage ?? {}),
  };
}
