import { dirname, join } from 'node:path';
import type { Platform } from '#lib/platform/platform.ts';
import type { StoredSource } from '../schema.ts';
import { clipFiles } from './clip-files.ts';
import { type ClipDraw, type DrawPlatform, drawClips } from './draw-clips.ts';
import type { FileSet } from './file-set.ts';
import { serverFiles } from './server-files.ts';
import { uploadedFiles } from './uploaded-files.ts';

/** The most bytes that one video may have. */
export const MAX_FILE_BYTES = 4 * 1024 ** 3;

/** Where copies and stills lie while a file is looked at; nothing here outlives its use. */
export function stagingDir({ dataDir }: Platform['environment']): string {
  return join(dataDir, 'staging');
}

/** The files of an import, and the clips that were drawn where it takes them from a dataset. */
export interface OpenSource {
  files: FileSet;
  draw: (() => Promise<ClipDraw>) | null;
}

/** The files of an import, wherever its source says that they lie. */
export function openSource(
  platform: DrawPlatform,
  { id, project }: { id: number; project: { slug: string } },
  { source, reach }: StoredSource,
  signal: AbortSignal,
): OpenSource {
  if (source.kind === 'upload') return { files: uploadedFiles(platform, id), draw: null };
  if (source.kind !== 'clip-table') {
    const folder = source.kind === 'folder' ? source.path : dirname(source.path);
    return { files: filesUnder(platform, folder, reach), draw: null };
  }
  let drawn: Promise<ClipDraw> | undefined;
  const draw = () => {
    drawn ??= drawClips(platform, project.slug, source, signal);
    return drawn;
  };
  const onServer = (within: StoredSource['reach']) => filesUnder(platform, '/', within);
  return { files: clipFiles(platform, draw, onServer), draw };
}

function filesUnder(
  { environment }: Pick<Platform, 'environment'>,
  folder: string,
  reach: StoredSource['reach'],
): FileSet {
  return serverFiles({
    folder,
    reach:
      reach === 'any' ? { kind: 'any' } : { kind: 'import-roots', roots: environment.importRoots },
    stagingDir: stagingDir(environment),
    maxBytes: MAX_FILE_BYTES,
  });
}
