import { dirname, join } from 'node:path';
import type { Platform } from '#lib/platform/platform.ts';
import type { StoredSource } from '../schema.ts';
import type { FileSet } from './file-set.ts';
import { serverFiles } from './server-files.ts';
import { uploadedFiles } from './uploaded-files.ts';

/** The most bytes that one video may have. */
export const MAX_FILE_BYTES = 4 * 1024 ** 3;

/** Where copies and stills lie while a file is looked at; nothing here outlives its use. */
export function stagingDir({ dataDir }: Platform['environment']): string {
  return join(dataDir, 'staging');
}

/** The files of an import, wherever its source says that they lie. */
export function openFileSet(
  platform: Pick<Platform, 'database' | 'blobs' | 'environment'>,
  importId: number,
  { source, reach }: StoredSource,
): FileSet {
  if (source.kind === 'upload') return uploadedFiles(platform, importId);
  const { environment } = platform;
  return serverFiles({
    folder: source.kind === 'folder' ? source.path : dirname(source.path),
    reach:
      reach === 'any' ? { kind: 'any' } : { kind: 'import-roots', roots: environment.importRoots },
    stagingDir: stagingDir(environment),
    maxBytes: MAX_FILE_BYTES,
  });
}
