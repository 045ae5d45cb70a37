import { isAbsolute, join } from 'node:path';
import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Reach } from '#lib/platform/files/server-paths.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { VersionAddress } from '../find-version.ts';
import { readClipPlace } from '../read-clip-place.ts';
import { type ReadVersion, readVersion } from '../read-version.ts';
import { type ClipWords, recallPath, rememberPaths, wordsOf } from './clip-paths.ts';
import { clipsByUid } from './select-clips.ts';

const LIMIT_SECONDS = 20;

/** Where the bytes of a clip are: a blob, or a file of the server that may be read so far. */
export type ClipMedia =
  | { readonly kind: 'blob'; readonly hash: string; readonly path: string }
  | { readonly kind: 'file'; readonly path: string; readonly reach: Reach };

/**
 * Where the video of a clip lies, for people of its project: its blob, where Winnow cut it. A path of the
 * table is resolved under the media folder of its mapping, which it can't leave; without one it has to lie
 * in the import roots.
 *
 * @throws AppError NOT_FOUND, also where the video lies on another machine or inside an archive
 */
export async function findClipMedia(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables' | 'environment'>,
  actor: Actor,
  input: VersionAddress & { uid: string },
): Promise<ClipMedia> {
  const version = await readVersion(platform, actor, input);
  const words = recallPath(version.id, input.uid) ?? (await lookUp(platform, version, input.uid));
  const { path, hash } = words;
  // A foreign table may have such a column too, and name with it a blob that is not its own.
  if (hash !== null && version.lineage.hash?.scorer === 'cut') return { kind: 'blob', hash, path };
  if (/^[a-z][a-z0-9+.-]*:/i.test(path))
    throw new AppError('NOT_FOUND', `The clip lies at ${path}, which is not read from here.`);
  const { mediaRoot, reach } = await readClipPlace(platform, version.id);
  return fileMedia(path, {
    mediaRoot,
    importRoots: platform.environment.importRoots,
    isTrusted: reach === 'any',
  });
}

/** Resolves the path of a clip. `isTrusted`: whoever named the media folder sat at the machine. */
export function fileMedia(
  path: string,
  where: {
    readonly mediaRoot: string | null;
    readonly importRoots: readonly string[];
    readonly isTrusted: boolean;
  },
): ClipMedia {
  const { mediaRoot, importRoots, isTrusted: trusted } = where;
  if (!isAbsolute(path) && mediaRoot === null)
    throw new AppError(
      'NOT_FOUND',
      'The table does not say where its relative paths begin: give mediaRoot in its mapping.',
      { reason: 'media-root' },
    );
  const whole = isAbsolute(path) ? path : join(mediaRoot ?? '/', path);
  const roots = trusted && mediaRoot !== null ? [...importRoots, mediaRoot] : importRoots;
  return { kind: 'file', path: whole, reach: { kind: 'import-roots', roots } };
}

async function lookUp(
  platform: Pick<Platform, 'blobs' | 'tables'>,
  version: ReadVersion,
  uid: string,
): Promise<ClipWords> {
  const options = { limitSeconds: LIMIT_SECONDS };
  const [clip] = await clipsByUid(platform, version, [uid], options);
  if (!clip) throw new AppError('NOT_FOUND', 'There is no such clip that you may see.');
  rememberPaths(version.id, [clip]);
  return wordsOf(clip);
}
