import * as z from 'zod';
import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { findVideoMedia } from '#lib/generation/find-video-media.ts';
import { extensionOf } from '#lib/platform/files/file-kinds.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { serveBlob } from '../media/serve-blob.ts';
import { serveRoute } from '../serve-route.ts';

const A_DAY_SECONDS = 86_400;
/** Browsers play QuickTime files only under the name of MP4. */
const VIDEO_TYPES: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/mp4',
  webm: 'video/webm',
  ogv: 'video/ogg',
  mkv: 'video/x-matroska',
  gif: 'image/gif',
};

const params = z.object({
  video: z.coerce.number().int().min(1).max(2_147_483_647),
  medium: z.enum(['original', 'poster', 'sheet']),
});

/** An imported video for people of its project: the original (with ranges), its poster, its sheet. */
export const serveVideo = serveRoute<{ video: string; medium: string }>(
  '/api/media/videos/[video]/[medium]',
  ({ request, params, platform, actor }) => videoMedia(platform, actor, request, params),
);

/** `serveVideo` for any platform. */
export async function videoMedia(
  platform: Pick<Platform, 'database' | 'blobs'>,
  actor: Actor,
  request: Request,
  address: { video: string; medium: string },
): Promise<Response> {
  const parsed = params.safeParse(address);
  if (!parsed.success) throw new AppError('NOT_FOUND', 'There is no such video that you may see.');
  const { video: videoId, medium } = parsed.data;
  const { hash, path } = await findVideoMedia(platform, actor, { videoId, medium });
  const bytes = await platform.blobs.size(hash);
  return serveBlob(platform.blobs, request, {
    hash,
    bytes,
    wireBytes: bytes,
    padding: 'none',
    contentType:
      medium === 'original'
        ? (VIDEO_TYPES[extensionOf(path)] ?? 'application/octet-stream')
        : 'image/webp',
    etag: `"${hash}"`,
    maxAgeSeconds: A_DAY_SECONDS,
  });
}
