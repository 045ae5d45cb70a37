import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findImport, type ImportAddress } from './find-import.ts';

/**
 * Tells which of the offered files still have to be sent: those that are not there with this size.
 *
 * @throws AppError NOT_FOUND or FORBIDDEN
 */
export async function findMissingFiles(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: ImportAddress & { files: readonly { path: string; bytes: number }[] },
): Promise<string[]> {
  const { row } = await findImport(platform, actor, input, 'project.write');
  const there = await platform.database.uploadedFile.findMany({
    where: { importId: row.id, path: { in: input.files.map((file) => file.path) } },
    select: { path: true, bytes: true },
  });
  const sizes = new Map(there.map((file) => [file.path, Number(file.bytes)]));
  return input.files.filter((f) => sizes.get(f.path) !== f.bytes).map((file) => file.path);
}
