import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { ClipDraw } from './draw-clips.ts';
import type { FileSet } from './file-set.ts';

/**
 * The files of clips that are drawn from a dataset: blobs, or files under its media folder.
 *
 * @param onServer reads files by their whole paths, no further than the dataset's own reach
 */
export function clipFiles(
  { blobs }: Pick<Platform, 'blobs'>,
  draw: () => Promise<ClipDraw>,
  onServer: (reach: ClipDraw['reach']) => FileSet,
): FileSet {
  const find = async (
    name: string,
  ): Promise<{ path: string; server: FileSet } | { hash: string }> => {
    const { clips, fileOf, reach } = await draw();
    const clip = clips.find((known) => known.name === name);
    if (!clip) throw new AppError('NOT_FOUND', 'It is not among the clips that were drawn.');
    return clip.hash === null
      ? { path: await fileOf(clip), server: onServer(reach) }
      : { hash: clip.hash };
  };
  return {
    async *list() {
      for (const { name } of (await draw()).clips) yield { path: name, refusal: null };
    },
    async *read(name) {
      const file = await find(name);
      yield* 'path' in file ? file.server.read(file.path) : await blobs.open(file.hash);
    },
    async digest(name) {
      const file = await find(name);
      if ('path' in file) return file.server.digest(file.path);
      return { hash: file.hash, bytes: await blobs.size(file.hash) };
    },
    async withFile(name, use) {
      const file = await find(name);
      if ('path' in file) return file.server.withFile(file.path, use);
      const { hash } = file;
      return use({ hash, bytes: await blobs.size(hash), localPath: await blobs.localPath(hash) });
    },
  };
}
