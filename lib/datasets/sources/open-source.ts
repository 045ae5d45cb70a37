import { AppError } from '#lib/core/errors.ts';
import { openBucketReader } from '#lib/platform/buckets/read-bucket.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { DatasetSource } from '../schema.ts';
import { listBucket } from './bucket-entries.ts';
import { chooseFormat, isPartOf, readEndings } from './formats.ts';
import { listServer } from './server-entries.ts';
import type { FoundEntry, OpenSource, PassedOver, RowFormat, SourceFile } from './source-file.ts';
import { withStaged } from './stage.ts';
import { readUploadToken } from './upload-token.ts';
import { webdatasetFiles } from './webdataset.ts';

const NAMED_PASSED_OVER = 100;

export type SourcePlatform = Pick<Platform, 'blobs' | 'environment' | 'secret'>;

export interface SourcePlace {
  projectId: number;
  reach: 'any' | 'import-roots';
  /** For copies, while they are used. */
  folder: string;
  signal: AbortSignal;
}

/**
 * Lists the files of a source.
 *
 * @throws AppError BAD_INPUT, NOT_FOUND, FORBIDDEN, TOO_LARGE or UNAVAILABLE
 */
export async function openSource(
  platform: SourcePlatform,
  source: DatasetSource,
  place: SourcePlace,
): Promise<OpenSource> {
  const { entries, passedOver, close } = await listEntries(platform, source, place);
  try {
    const format = chooseFormat(
      entries.map(({ name }) => name),
      source.format,
    );
    const files = filesOf(entries, format, place).sort((a, b) => (a.name < b.name ? -1 : 1));
    if (files.length === 0)
      throw new AppError('BAD_INPUT', `No file there is a table of the format ${format}.`, {
        reason: 'no-table',
      });
    return { format, files, passedOver: passedOver.slice(0, NAMED_PASSED_OVER), close };
  } catch (error) {
    close();
    throw error;
  }
}

function filesOf(
  entries: readonly FoundEntry[],
  format: OpenSource['format'],
  place: SourcePlace,
): SourceFile[] {
  if (format === 'webdataset') return webdatasetFiles(entries, place);
  const isOnly = entries.length === 1;
  return entries
    .filter(({ name }) => isPartOf(name, format, isOnly))
    .map((entry) => fileOf(entry, format, place));
}

function fileOf(entry: FoundEntry, readAs: RowFormat, { folder, signal }: SourcePlace): SourceFile {
  const { packing } = readEndings(entry.name);
  return {
    name: entry.name,
    readAs,
    withLocal: (use) =>
      packing === 'none'
        ? entry.withLocal(use)
        : withStaged(folder, entry.read(signal), packing, signal, use),
  };
}

async function listEntries(
  platform: SourcePlatform,
  source: DatasetSource,
  { projectId, reach, folder, signal }: SourcePlace,
): Promise<{ entries: FoundEntry[]; passedOver: PassedOver[]; close(): void }> {
  const { blobs, environment, secret } = platform;
  if (source.kind === 'upload') {
    const hash = readUploadToken(secret, projectId, source.token);
    const entry: FoundEntry = {
      name: source.name,
      async *read() {
        yield* await blobs.open(hash);
      },
      withLocal: async (use) => use(await blobs.localPath(hash)),
    };
    return { entries: [entry], passedOver: [], close() {} };
  }
  const { path } = source;
  if (path.startsWith('s3://')) {
    const bucket = openBucketReader();
    const within = reach === 'any' ? null : environment.importBuckets;
    try {
      const entries = await listBucket(bucket, { path, within, folder, signal });
      if (entries.length === 0)
        throw new AppError('NOT_FOUND', 'Nothing is there under this address.', { field: 'path' });
      return { entries, passedOver: [], close: () => bucket.close() };
    } catch (error) {
      bucket.close();
      throw error;
    }
  }
  const listing = await listServer({
    path,
    reach:
      reach === 'any' ? { kind: 'any' } : { kind: 'import-roots', roots: environment.importRoots },
    folder,
    signal,
  });
  return { ...listing, close() {} };
}
