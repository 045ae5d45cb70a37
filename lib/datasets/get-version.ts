import * as z from 'zod';
import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findVersion, type VersionAddress } from './find-version.ts';
import {
  canonicalColumnSchema,
  lineageSchema,
  mappingSchema,
  registrationProgressSchema,
  storedSourceSchema,
  type VersionDetail,
  validationSchema,
} from './schema.ts';
import { summarizeVersion } from './summarize-version.ts';

/**
 * A version with its columns, what was refused, and how far its registration is.
 *
 * @throws AppError NOT_FOUND or FORBIDDEN
 */
export async function getVersion(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: VersionAddress,
): Promise<VersionDetail> {
  const { dataset, row } = await findVersion(platform, actor, address, 'project.read');
  return {
    ...summarizeVersion(row),
    dataset: dataset.slug,
    name: dataset.name,
    source: storedSourceSchema.parse(row.source),
    mapping: mappingSchema.nullable().parse(row.mapping),
    columns: z.array(canonicalColumnSchema).parse(row.columns ?? []),
    validation: validationSchema.nullable().parse(row.validation),
    lineage: lineageSchema.parse(row.lineage ?? {}),
    progress: registrationProgressSchema.nullable().parse(row.progress),
    startedAt: row.startedAt?.toISOString() ?? null,
  };
}
