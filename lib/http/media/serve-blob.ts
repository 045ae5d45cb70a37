import { Readable } from 'node:stream';
import type { Blobs } from '#lib/platform/blobs/blobs.ts';
import { isKnown, mayResume, selectBytes } from './byte-range.ts';
import { type PaddingForm, paddingBytes } from './padding.ts';

/** A blob as a browser gets it. */
export interface ServedBlob {
  readonly hash: string;
  /** Its own length. */
  readonly bytes: number;
  /** The length that is sent: `bytes` or more. */
  readonly wireBytes: number;
  readonly padding: PaddingForm;
  readonly contentType: string;
  /** In quotes; never made of the hash where that must not be known. */
  readonly etag: string;
  readonly maxAgeSeconds: number;
}

/**
 * Answers GET and HEAD for a blob: ranges, If-Range and If-None-Match as RFC 9110 says. The bytes are
 * streamed; a browser that goes away ends the reading.
 */
export async function serveBlob(
  blobs: Pick<Blobs, 'open'>,
  request: Request,
  blob: ServedBlob,
): Promise<Response> {
  const { etag, wireBytes } = blob;
  const headers = new Headers({
    'accept-ranges': 'bytes',
    'cache-control': `private, max-age=${blob.maxAgeSeconds}, immutable`,
    'content-type': blob.contentType,
    etag,
    'x-content-type-options': 'nosniff',
  });
  if (isKnown(request.headers.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers });
  headers.set('content-length', String(wireBytes));
  if (request.method === 'HEAD') return new Response(null, { headers });
  const range = request.headers.get('range');
  const selection = mayResume(request.headers.get('if-range'), etag)
    ? selectBytes(range, wireBytes)
    : ({ kind: 'whole' } as const);
  switch (selection.kind) {
    case 'unsatisfiable':
      headers.set('content-range', `bytes */${wireBytes}`);
      headers.set('content-length', '0');
      return new Response(null, { status: 416, headers });
    case 'whole':
      return new Response(await stream(blobs, blob, 0, wireBytes - 1), { headers });
    case 'part': {
      const { start, end } = selection;
      headers.set('content-range', `bytes ${start}-${end}/${wireBytes}`);
      headers.set('content-length', String(end - start + 1));
      return new Response(await stream(blobs, blob, start, end), { status: 206, headers });
    }
  }
}

/** The bytes from `start` to `end`, both included, first of the blob and then of its padding. */
async function stream(
  blobs: Pick<Blobs, 'open'>,
  blob: ServedBlob,
  start: number,
  end: number,
): Promise<BodyInit | null> {
  if (end < start) return null;
  const { hash, bytes, wireBytes, padding } = blob;
  const source =
    start < bytes ? await blobs.open(hash, { start, end: Math.min(end, bytes - 1) }) : null;
  const tail =
    end >= bytes
      ? paddingBytes(padding, wireBytes - bytes, Math.max(0, start - bytes), end - bytes + 1)
      : null;
  const joined = source === null || tail === null ? (source ?? tail ?? []) : join(source, tail);
  return Readable.toWeb(Readable.from(joined, { objectMode: false })) as ReadableStream<Uint8Array>;
}

async function* join(source: Readable, tail: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* source;
  yield* tail;
}
