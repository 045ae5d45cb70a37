import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';

/** What researchers may look at: the file as it came, its poster, its contact sheet. */
export type VideoMedium = 'original' | 'poster' | 'sheet';

/**
 * The blob of an accepted video, for people of its project.
 *
 * @throws AppError NOT_FOUND, also where the actor may not see the project
 */
export async function findVideoMedia(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  { videoId, medium }: { videoId: number; medium: VideoMedium },
): Promise<{ hash: string; path: string }> {
  const video = await platform.database.video.findUnique({
    where: { id: videoId },
    select: {
      path: true,
      state: true,
      hash: true,
      posterHash: true,
      sheetHash: true,
      import: { select: { project: { select: { slug: true } } } },
    },
  });
  const missing = new AppError('NOT_FOUND', 'There is no such video that you may see.');
  if (!video) throw missing;
  await authorizeProject(platform, actor, video.import.project.slug, 'project.read').catch(
    (error: unknown) => {
      if (error instanceof AppError && error.code === 'NOT_FOUND') throw missing;
      throw error;
    },
  );
  const hash = { original: video.hash, poster: video.posterHash, sheet: video.sheetHash }[medium];
  if (video.state !== 'accepted' || hash === null) throw missing;
  return { hash, path: video.path };
}
