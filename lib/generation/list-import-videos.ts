import type { Actor } from '#lib/accounts/actor.ts';
import { readCursor } from '#lib/core/row-cursor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findImport, type ImportAddress } from './find-import.ts';
import type { ImportedVideo } from './schema.ts';

export interface VideoListInput extends ImportAddress {
  state?: ImportedVideo['state'] | undefined;
  cursor?: string | undefined;
  limit: number;
}

/**
 * The files of an import with what decoding found, or why each was refused, a page at a time.
 *
 * @throws AppError NOT_FOUND, or BAD_INPUT for a cursor that no answer gave
 */
export async function listImportVideos(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: VideoListInput,
): Promise<{ videos: ImportedVideo[]; nextCursor: string | null }> {
  const { row } = await findImport(platform, actor, input, 'project.read');
  const after = readCursor(input.cursor);
  const rows = await platform.database.video.findMany({
    where: {
      importId: row.id,
      ...(input.state ? { state: input.state } : {}),
      ...(after === null ? {} : { id: { gt: after } }),
    },
    omit: { importId: true, promptText: true, posterHash: true, sheetHash: true, frameCount: true },
    orderBy: { id: 'asc' },
    take: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  return {
    videos: page.map((video) => ({
      ...video,
      bytes: video.bytes === null ? null : Number(video.bytes),
    })),
    nextCursor: rows.length > input.limit ? String(page.at(-1)?.id) : null,
  };
}
