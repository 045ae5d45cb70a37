import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findImport, type ImportAddress } from './find-import.ts';
import { filePathSchema, type UploadReceipt } from './schema.ts';
import { MAX_FILE_BYTES } from './sources/open-file-set.ts';

export interface UploadInput extends ImportAddress {
  /** As the browser names it: folder, slash, file. */
  path: string;
  /** What the request says; null where it does not. */
  statedBytes: number | null;
}

/**
 * Keeps one uploaded file under its hash, straight from the wire. The same path again replaces it.
 *
 * @throws AppError TOO_LARGE, BAD_INPUT for a path that leads out or a body that was cut off, and
 *   CONFLICT where the import takes no uploads or is being read
 */
export async function addUploadedFile(
  platform: Pick<Platform, 'database' | 'blobs'>,
  actor: Actor,
  input: UploadInput,
  body: AsyncIterable<Uint8Array>,
): Promise<UploadReceipt> {
  const { row } = await findImport(platform, actor, input, 'project.write');
  const path = checkPath(input.path);
  if (row.state === 'waiting' || row.state === 'running')
    throw new AppError('CONFLICT', 'The import is being read; add files when it has ended.', {
      reason: 'import-runs',
    });
  if (input.statedBytes !== null && input.statedBytes > MAX_FILE_BYTES) throw tooLarge();
  const { hash, bytes } = await platform.blobs.putStream(body, { maxBytes: MAX_FILE_BYTES });
  if (input.statedBytes !== null && bytes !== input.statedBytes)
    throw new AppError(
      'BAD_INPUT',
      `Only ${bytes} of ${input.statedBytes} bytes arrived; send the file again.`,
      { reason: 'cut-off' },
    );
  await platform.database.uploadedFile.upsert({
    where: { importId_path: { importId: row.id, path } },
    create: { importId: row.id, path, bytes, hash },
    update: { bytes, hash },
  });
  return { path, bytes, hash };
}

function checkPath(path: string): string {
  const parsed = filePathSchema.safeParse(path);
  const segments = path.split('/');
  if (!parsed.success || segments.some((part) => part === '' || part === '.' || part === '..'))
    throw new AppError('BAD_INPUT', 'Name the file by a relative path, such as arm-a/beach.mp4.', {
      field: 'path',
    });
  return parsed.data;
}

function tooLarge(): AppError {
  return new AppError('TOO_LARGE', `A file may have ${MAX_FILE_BYTES / 1024 ** 3} GiB at most.`);
}
