import { Readable } from 'node:stream';
import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findSubset, type SubsetAddress } from '../subsets/find-subset.ts';
import type { ManifestFormat } from './schema.ts';

export interface ManifestFile {
  headers: Record<string, string>;
  body: ReadableStream<Uint8Array>;
}

/** `file`: the manifest itself; `sidecar`: the JSON file that says what it is. */
export type ManifestPart = 'file' | 'sidecar';

const TYPES: Readonly<Record<ManifestFormat, string>> = {
  parquet: 'application/vnd.apache.parquet',
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/x-ndjson',
  npy: 'application/octet-stream',
  webdataset: 'text/tab-separated-values; charset=utf-8',
};

/**
 * A manifest, or its sidecar, to be sent as a download.
 *
 * @throws AppError NOT_FOUND where it was never asked for or the actor may not see it; CONFLICT while
 *   it is not done
 */
export async function openManifest(
  platform: Pick<Platform, 'database' | 'blobs'>,
  actor: Actor,
  { format, part, ...address }: SubsetAddress & { format: ManifestFormat; part: ManifestPart },
): Promise<ManifestFile> {
  const { summary } = await findSubset(platform, actor, address, 'project.read');
  const manifest = summary.manifests.find((each) => each.format === format);
  if (!manifest)
    throw new AppError('NOT_FOUND', `There is no ${format} manifest of "${summary.name}" yet.`, {
      reason: 'manifest',
    });
  const hash = part === 'file' ? manifest.hash : manifest.sidecarHash;
  if (manifest.state !== 'done' || hash === null)
    throw new AppError('CONFLICT', `The ${format} manifest of "${summary.name}" is not done yet.`, {
      reason: 'manifest-not-done',
      state: manifest.state,
    });
  const bytes = await platform.blobs.size(hash);
  const name = part === 'file' ? manifest.fileName : `${manifest.fileName}.json`;
  return {
    headers: {
      'content-type': part === 'file' ? TYPES[format] : 'application/json',
      'content-length': String(bytes),
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-cache',
      etag: `"${hash}"`,
    },
    body: Readable.toWeb(await platform.blobs.open(hash)) as ReadableStream<Uint8Array>,
  };
}
