import { type PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** One file of an archive. Text that comes bit by bit is never held as a whole. */
export interface BundleFile {
  readonly path: string;
  readonly content: string | Uint8Array | AsyncIterable<string>;
}

const PIECE_BYTES = 1 << 18;

/**
 * Files as one zip that is written while it is read; compression happens off the main thread. The same
 * files give the same bytes: every file bears the same date and no owner.
 */
export function zipFiles(files: Iterable<BundleFile>): ReadableStream<Uint8Array> {
  // A date without a time zone, as zip archives have it.
  const options = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true };
  const zip = new ZipFile();
  const output = zip.outputStream as PassThrough;
  let reading: Readable | null = null;
  // A reader that goes away ends what is being read; a file that can't be made ends all.
  output.on('close', () => reading?.destroy());
  zip.on('error', (error: Error) => output.destroy(error));
  for (const { path, content } of files) {
    const bytes = isBytes(content) ? Buffer.from(content) : null;
    if (bytes && bytes.length <= PIECE_BYTES) zip.addBuffer(bytes, path, options);
    else
      zip.addReadStreamLazy(path, options, (done) => {
        reading = Readable.from(bytes ? pieces(bytes) : content, { objectMode: false });
        reading.on('error', (error) => output.destroy(error));
        done(null, reading);
      });
  }
  zip.end();
  return Readable.toWeb(output) as ReadableStream<Uint8Array>;
}

function isBytes(content: BundleFile['content']): content is string | Uint8Array {
  return typeof content === 'string' || content instanceof Uint8Array;
}

/** A large file's checksum, taken at once, would hold up everything else. */
function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}
