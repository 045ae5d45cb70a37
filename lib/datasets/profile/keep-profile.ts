import * as z from 'zod';
import type { Platform } from '#lib/platform/platform.ts';
import { canonicalFiles } from '../canonical-files.ts';
import { canonicalColumnSchema } from '../schema.ts';
import { profileVersion } from './profile-version.ts';

/**
 * Describes a version that is done and keeps what it found. Nothing happens where that is there
 * already, or where the version is not done or gone.
 */
export async function keepProfile(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables'>,
  versionId: number,
  signal: AbortSignal,
): Promise<void> {
  const { database, tables } = platform;
  const row = await database.datasetVersion.findUnique({ where: { id: versionId } });
  if (row?.state !== 'done' || row.profile !== null) return;
  const profile = await profileVersion({
    tables,
    files: await canonicalFiles(platform, row),
    clips: Number(row.clips),
    columns: z.array(canonicalColumnSchema).parse(row.columns),
    signal,
  });
  await database.datasetVersion.updateMany({ where: { id: versionId }, data: { profile } });
}
