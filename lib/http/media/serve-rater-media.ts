import { createHash } from 'node:crypto';
import type { Platform } from '#lib/platform/platform.ts';
import { type MediaGrant, openMediaToken } from '#lib/studies/rating/media-token.ts';
import { serveRoute } from '../serve-route.ts';
import { serveBlob } from './serve-blob.ts';
import { sniffImage } from './sniff-image.ts';

const CONTENT_TYPES = { mp4: 'video/mp4', webm: 'video/webm' } as const;

/**
 * A video or picture for a rater, by the sealed token of its address. The token is the whole right:
 * whoever holds it may fetch this one blob until it expires.
 *
 * @throws AppError NOT_FOUND for a token not made here, GONE for an expired one.
 */
export const serveRaterMedia = serveRoute<{ token: string }>(
  '/api/media/[token]',
  ({ request, params, platform }) => raterMedia(platform, request, params.token),
);

/** `serveRaterMedia` for any platform. */
export async function raterMedia(
  platform: Pick<Platform, 'blobs' | 'secret' | 'clock'>,
  request: Request,
  token: string,
): Promise<Response> {
  const now = platform.clock.now();
  const grant = openMediaToken(platform.secret, token, now);
  return serveBlob(platform.blobs, request, {
    hash: grant.hash,
    // The tag comes from the address, so that it tells no more than that does.
    etag: `"${createHash('sha256').update(token).digest('base64url').slice(0, 22)}"`,
    maxAgeSeconds: Math.floor((grant.expiresAt.getTime() - now.getTime()) / 1000),
    ...(await formOf(platform, grant)),
  });
}

async function formOf({ blobs }: Pick<Platform, 'blobs'>, grant: MediaGrant) {
  if (grant.variant === 'image') {
    const bytes = await blobs.size(grant.hash);
    const contentType = await sniffImage(blobs, grant.hash, bytes);
    return { bytes, wireBytes: bytes, padding: 'none' as const, contentType };
  }
  const { bytes, wireBytes, variant } = grant;
  return { bytes, wireBytes, padding: variant, contentType: CONTENT_TYPES[variant] };
}
