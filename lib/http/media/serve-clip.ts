import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import * as z from 'zod';
import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { type ClipMedia, findClipMedia } from '#lib/datasets/clips/find-clip-media.ts';
import { openWithin } from '#lib/platform/files/server-paths.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { serveRoute } from '../serve-route.ts';
import { type ServedBlob, serveBlob } from './serve-blob.ts';

/** A version never changes, and a right that is taken away ends soon. */
const MAX_AGE_SECONDS = 3600;
const SNIFFED_BYTES = 12;

/** By the end of its name; nothing else of a server folder is ever shown. */
const VIDEO_TYPES: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  // Browsers play QuickTime files only under the name of MP4.
  '.mov': 'video/mp4',
  '.webm': 'video/webm',
  '.ogv': 'video/ogg',
  '.mkv': 'video/x-matroska',
  '.avi': 'video/x-msvideo',
  '.gif': 'image/gif',
};

const addressSchema = z.object({
  project: z.string(),
  dataset: z.string(),
  version: z.coerce.number().int().min(1).max(2_147_483_647),
  uid: z.string().regex(/^[0-9a-f]{32}$/),
});
type Address = { project: string; dataset: string; version: string; uid: string };

/** The video of a clip of a dataset, with ranges, for people of its project. */
export const serveClip = serveRoute<Address>(
  '/api/media/clips/[project]/[dataset]/[version]/[uid]',
  ({ request, params, platform, actor }) => clipMedia(platform, actor, request, params),
);

/** `serveClip` for any platform. */
export async function clipMedia(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables' | 'environment'>,
  actor: Actor,
  request: Request,
  address: Address,
): Promise<Response> {
  const parsed = addressSchema.safeParse(address);
  if (!parsed.success) throw new AppError('NOT_FOUND', 'There is no such clip that you may see.');
  const media = await findClipMedia(platform, actor, parsed.data);
  return media.kind === 'blob'
    ? serveStored(platform, request, media.hash)
    : serveFile(request, media);
}

async function serveStored(
  { blobs }: Pick<Platform, 'blobs'>,
  request: Request,
  hash: string,
): Promise<Response> {
  const bytes = await blobs.size(hash);
  // Clips that Winnow cut are MP4 or WebM and have no names.
  const head = await blobs.open(hash, { end: Math.min(SNIFFED_BYTES, bytes) - 1 });
  const chunks: Buffer[] = [];
  for await (const chunk of head) chunks.push(chunk as Buffer);
  const isWebm = Buffer.concat(chunks).readUInt32BE(0) === 0x1a45dfa3;
  const contentType = isWebm ? 'video/webm' : 'video/mp4';
  return serveBlob(blobs, request, whole({ hash, bytes, contentType, etag: hash.slice(0, 32) }));
}

async function serveFile(
  request: Request,
  { path, reach }: Extract<ClipMedia, { kind: 'file' }>,
): Promise<Response> {
  const contentType = VIDEO_TYPES[extname(path).toLowerCase()];
  if (contentType === undefined)
    throw new AppError('NOT_FOUND', 'The path of this clip is not that of a video file.');
  const handle = await openWithin(path, reach);
  const { size: bytes, mtimeMs } = await handle.stat().finally(() => handle.close());
  const etag = createHash('sha256').update(`${path}\0${bytes}\0${mtimeMs}`).digest('hex');
  // Opened when it is first read, so that an answer that nobody fetches leaves nothing open.
  const read = async function* (range: { start?: number; end?: number }) {
    const opened = await openWithin(path, reach);
    try {
      yield* opened.createReadStream({ ...range, autoClose: false });
    } finally {
      await opened.close();
    }
  };
  const file = {
    open: async (_hash: string, range: { start?: number; end?: number } = {}) =>
      Readable.from(read(range), { objectMode: false }),
  };
  return serveBlob(
    file,
    request,
    whole({ hash: etag, bytes, contentType, etag: etag.slice(0, 32) }),
  );
}

function whole(blob: Pick<ServedBlob, 'hash' | 'bytes' | 'contentType' | 'etag'>): ServedBlob {
  return {
    ...blob,
    etag: `"${blob.etag}"`,
    wireBytes: blob.bytes,
    padding: 'none',
    maxAgeSeconds: MAX_AGE_SECONDS,
  };
}
