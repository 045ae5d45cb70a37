import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';

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
  // The codec alone: a spec may hold thousands of prompts.
  const [row] = await platform.database.$queryRaw<Row[]>`
    SELECT r.hash AS video, r.poster_hash AS poster, r.sheet_hash AS sheet, p.slug AS project,
      s.spec #>> '{rendition,codec}' AS codec
    FROM rendition r JOIN study s ON s.id = r.study_id JOIN project p ON p.id = s.project_id
    WHERE r.id = ${input.id}`;
  if (!row) throw missing;
  await authorizeProject(platform, actor, row.project, 'project.read').catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'NOT_FOUND' ? missing : error;
  });
  const hash = row[input.medium];
  if (hash === null) throw missing;
  if (input.medium !== 'video') return { hash, contentType: 'image/webp' };
  return { hash, contentType: row.codec === 'vp9' ? 'video/webm' : 'video/mp4' };
}

interface Row {
  readonly video: string | null;
  readonly poster: string | null;
  readonly sheet: string | null;
  readonly project: string;
  readonly codec: string | null;
}
