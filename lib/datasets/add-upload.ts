import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { uploadToken } from './sources/upload-token.ts';

/** The largest table that can be sent; larger ones are read from the server or a bucket. */
export const UPLOAD_LIMIT_BYTES = 30 * 1024 ** 2;

/**
 * Keeps a table that was sent, until it is registered by the token that this gives.
 *
 * @throws AppError TOO_LARGE, STORAGE_FULL, NOT_FOUND or FORBIDDEN
 */
export async function addUpload(
  platform: Pick<Platform, 'database' | 'blobs' | 'secret'>,
  actor: Actor,
  input: { project: string; file: File },
): Promise<{ token: string; name: string; bytes: number }> {
  const project = await authorizeProject(platform, actor, input.project, 'project.write');
  const blob = await platform.blobs.putStream(input.file.stream(), {
    maxBytes: UPLOAD_LIMIT_BYTES,
  });
  return {
    token: uploadToken(platform.secret, project.id, blob.hash),
    name: input.file.name,
    bytes: blob.bytes,
  };
}
