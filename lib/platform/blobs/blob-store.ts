import type { Readable } from 'node:stream';

/** The two ends of an inclusive byte range, from 0. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Where finished blobs lie. Keys are those of `blobKey`. */
export interface BlobStore {
  /** Takes over a finished, synced file of this many bytes, which is gone afterwards. */
  commit(key: string, file: string, bytes: number): Promise<void>;
  /** Size in bytes; null when there is none. */
  size(key: string): Promise<number | null>;
  /** The bytes of a range that lies within the blob, read without the rest of it. */
  read(key: string, range: ByteRange): Promise<Readable>;
  /** A path on this machine where the blob lies; null when it has to be fetched. */
  path(key: string): string | null;
  remove(key: string): Promise<void>;
  /** All keys. */
  keys(): AsyncGenerator<string>;
}
