import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#lib/core/errors.ts';

/**
 * SHA-256 in hexadecimal of the files of a model, by their paths in its folder.
 *
 * @throws AppError NOT_FOUND naming a file that is missing
 */
export async function hashFiles(
  folder: string,
  needed: readonly string[],
  optional: readonly string[] = [],
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const name of [...needed, ...optional]) {
    const path = join(folder, name);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (!isThere && optional.includes(name)) continue;
    if (!isThere)
      throw new AppError('NOT_FOUND', `${folder} has no file ${name}, or it can't be read.`, {
        reason: 'model-file',
        file: name,
      });
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    hashes[name] = hash.digest('hex');
  }
  return hashes;
}
