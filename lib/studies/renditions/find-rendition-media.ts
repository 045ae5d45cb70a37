import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { studySpecSchema } from '../schema.ts';

/** What researchers may look at of a rendition. */
export const RENDITION_MEDIA = ['video', 'poster', 'sheet'] as const;
export type RenditionMedium = (typeof RENDITION_MEDIA)[number];

/**
 * The blob of a rendition, for people of its project.
 *
 * @throws AppError NOT_FOUND, also where the actor may not see the project.
 */
export async function findRenditionMedia(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: { readonly id: number; readonly medium: RenditionMedium },
): Promise<{ hash: string; contentType: string }> {
  const missing = new AppError('NOT_FOUND', 'There is no such video that you may see.');
  const row = await platform.database.rendition.findUnique({
    where: { id: input.id },
    select: {
      hash: true,
      posterHash: true,
      sheetHash: true,
      study: {
        select: { spec: true, project: { select: { slug: true } } },
      },
    },
  });
  if (!row) throw missing;
  await authorizeProject(platform, actor, row.study.project.slug, 'project.read').catch(
    (error: unknown) => {
      throw error instanceof AppError && error.code === 'NOT_FOUND' ? missing : error;
    },
  );
  const hash = { video: row.hash, poster: row.posterHash, sheet: row.sheetHash }[input.medium];
  if (hash === null) throw missing;
  if (input.medium !== 'video') return { hash, contentType: 'image/webp' };
  const { codec } = studySpecSchema.parse(row.study.spec).rendition;
  return { hash, contentType: codec === 'vp9' ? 'video/webm' : 'video/mp4' };
}
