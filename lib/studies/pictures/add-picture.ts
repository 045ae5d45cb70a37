import { Readable } from 'node:stream';
import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { toPlainPicture } from '#lib/platform/media/picture.ts';
import type { Platform } from '#lib/platform/platform.ts';

/** A conditioning picture that prompts of this project may name by its hash. */
export interface AddedPicture {
  hash: string;
  width: number;
  height: number;
  url: string;
}

/**
 * Takes a picture in a plain form. The same file again is the same picture.
 *
 * @throws AppError BAD_INPUT when it can't be read.
 */
export async function addPicture(
  platform: Pick<Platform, 'database' | 'blobs'>,
  actor: Actor,
  input: { readonly project: string; readonly bytes: Uint8Array },
): Promise<AddedPicture> {
  const project = await authorizeProject(platform, actor, input.project, 'project.write');
  const { bytes, width, height } = await toPlainPicture(input.bytes);
  const { hash } = await platform.blobs.putStream(Readable.from([bytes]));
  const key = { projectId: project.id, hash };
  await platform.database.picture.upsert({
    where: { projectId_hash: key },
    create: { ...key, width, height },
    update: {},
  });
  return { hash, width, height, url: pictureUrl(project.slug, hash) };
}

/** Where researchers see it; raters get it by a sealed token instead. */
export function pictureUrl(project: string, hash: string): string {
  return `/api/media/picture/${project}/${hash}`;
}
