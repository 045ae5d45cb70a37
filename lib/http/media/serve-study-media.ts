import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findPicture } from '#lib/studies/pictures/find-picture.ts';
import {
  findRenditionMedia,
  RENDITION_MEDIA,
} from '#lib/studies/renditions/find-rendition-media.ts';
import { serveRoute } from '../serve-route.ts';
import { serveBlob } from './serve-blob.ts';

/** What an address names never changes its bytes, and a right that is taken away ends soon. */
const MAX_AGE_SECONDS = 3600;

const renditionParams = z.object({
  id: z.coerce.number().int().min(1).max(2_147_483_647),
  medium: z.enum(RENDITION_MEDIA),
});

/** A rendition's video, poster or contact sheet, for people of its project. */
export const serveRendition = serveRoute<{ id: string; medium: string }>(
  '/api/media/rendition/[id]/[medium]',
  async ({ request, params, platform, actor }) => {
    const { data } = renditionParams.safeParse(params);
    if (!data) throw new AppError('NOT_FOUND', 'There is no such video that you may see.');
    return serve(platform, request, await findRenditionMedia(platform, actor, data));
  },
);

/** A picture that conditions a prompt, for people of its project. */
export const servePicture = serveRoute<{ project: string; hash: string }>(
  '/api/media/picture/[project]/[hash]',
  async ({ request, params, platform, actor }) =>
    serve(platform, request, await findPicture(platform, actor, params)),
);

async function serve(
  { blobs }: Pick<Platform, 'blobs'>,
  request: Request,
  { hash, contentType }: { readonly hash: string; readonly contentType: string },
): Promise<Response> {
  const bytes = await blobs.size(hash);
  return serveBlob(blobs, request, {
    hash,
    bytes,
    wireBytes: bytes,
    padding: 'none',
    contentType,
    etag: `"${hash.slice(0, 32)}"`,
    maxAgeSeconds: MAX_AGE_SECONDS,
  });
}
