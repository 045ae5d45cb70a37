import type { Platform } from '#lib/platform/platform.ts';
import { type Analysis, analysisSchema } from './schema.ts';

/** What a snapshot keeps beside its rankings; null where the version that made it kept nothing. */
export async function readAnalysis(
  { database }: Pick<Platform, 'database'>,
  snapshotId: number,
): Promise<Analysis | null> {
  const row = await database.snapshot.findUnique({
    where: { id: snapshotId },
    select: { analysis: true },
  });
  return row?.analysis == null ? null : analysisSchema.parse(row.analysis);
}
