import { type PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** One file of an archive. Text that comes bit by bit is never held as a whole. */
export interface BundleFile {
  readonly path: string;
  readonly content: string | Uint8Array | AsyncIterable<string>;
}

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
    if (typeof content === 'string') zip.addBuffer(Buffer.from(content), path, options);
    else if (content instanceof Uint8Array) zip.addBuffer(Buffer.from(content), path, options);
    else
      zip.addReadStreamLazy(path, options, (done) => {
        reading = Readable.from(content, { objectMode: false });
        reading.on('error', (error) => output.destroy(error));
        done(null, reading);
      });
  }
  zip.end();
  return Readable.toWeb(output) as ReadableStream<Uint8Array>;
}
