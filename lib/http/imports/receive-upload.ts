import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { addUploadedFile } from '#lib/generation/add-uploaded-file.ts';
import type { ImportAddress } from '#lib/generation/find-import.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { serveRoute } from '../serve-route.ts';

/**
 * Takes one file of an import: `PUT /api/uploads/{project}/{import}?path=arm-a/beach.mp4` with the
 * bytes as the body, which go to the blob store as they come. Answers with path, bytes and SHA-256.
 */
export const receiveUpload = serveRoute<{ project: string; import: string }>(
  '/api/uploads/[project]/[import]',
  ({ request, params, platform, actor }) => takeUpload(platform, actor, request, params),
);

/** `receiveUpload` for any platform. */
export async function takeUpload(
  platform: Pick<Platform, 'database' | 'blobs'>,
  actor: Actor,
  request: Request,
  { project, import: slug }: ImportAddress,
): Promise<Response> {
  const path = new URL(request.url).searchParams.get('path');
  if (path === null)
    throw new AppError('BAD_INPUT', 'Name the file in the address: ?path=arm-a/beach.mp4.', {
      field: 'path',
    });
  const stated = request.headers.get('content-length');
  const receipt = await addUploadedFile(
    platform,
    actor,
    { project, import: slug, path, statedBytes: stated === null ? null : Number(stated) },
    request.body ?? nothing(),
  );
  return Response.json(receipt, { headers: { 'cache-control': 'no-store' } });
}

/** The body of a request that has none: an empty file. */
async function* nothing(): AsyncGenerator<Uint8Array> {}
