import { dirname } from 'node:path';
import type { ClipPlace } from '#lib/curation/clip-file.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { type DatasetSource, mappingSchema, storedSourceSchema } from './schema.ts';

/**
 * Where the clips of a version lie: under the media folder that its mapping names, else where its table
 * lies. Of a version that Winnow made, where those of its first table lie.
 */
export async function readClipPlace(
  { database }: Pick<Platform, 'database'>,
  versionId: number,
): Promise<ClipPlace> {
  const row = await database.datasetVersion.findUniqueOrThrow({
    where: { id: versionId },
    select: { source: true, mapping: true, dataset: { select: { projectId: true } } },
  });
  const mapping = mappingSchema.nullable().parse(row.mapping);
  const stored = storedSourceSchema.parse(row.source);
  if (stored.kind === 'table')
    return {
      mediaRoot: mapping?.mediaRoot ?? folderOf(stored.source),
      reach: stored.reach,
    };
  const base =
    stored.base &&
    (await database.datasetVersion.findFirst({
      where: {
        number: stored.base.version,
        dataset: { slug: stored.base.dataset, projectId: row.dataset.projectId },
      },
      select: { id: true },
    }));
  if (base) return readClipPlace({ database }, base.id);
  return { mediaRoot: mapping?.mediaRoot ?? null, reach: stored.reach };
}

/** The folder of a table on the server: what stands before the first pattern in its path. */
function folderOf(source: DatasetSource): string | null {
  if (source.kind !== 'server' || !source.path.startsWith('/')) return null;
  const plain = source.path.replace(/[*?[{].*$/s, 'x');
  const isFolder = plain === source.path && !/\.[a-z0-9]+$/i.test(plain);
  return isFolder ? plain : dirname(plain);
}
