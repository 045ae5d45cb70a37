import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { FileSet } from './file-set.ts';

const PAGE = 1000;

/** The files that were uploaded for an import; their bytes lie in the blob store already. */
export function uploadedFiles(
  { database, blobs }: Pick<Platform, 'database' | 'blobs'>,
  importId: number,
): FileSet {
  const find = async (path: string) => {
    const row = await database.uploadedFile.findUnique({
      where: { importId_path: { importId, path } },
      select: { hash: true, bytes: true },
    });
    if (!row) throw new AppError('NOT_FOUND', 'It was not among the uploaded files.');
    return { hash: row.hash, bytes: Number(row.bytes) };
  };
  return {
    async *list() {
      for (let after = 0; ; ) {
        const rows = await database.uploadedFile.findMany({
          where: { importId, id: { gt: after } },
          select: { id: true, path: true },
          orderBy: { id: 'asc' },
          take: PAGE,
        });
        for (const { path } of rows) yield { path, refusal: null };
        const last = rows.at(-1);
        if (!last) return;
        after = last.id;
      }
    },
    async *read(path) {
      yield* await blobs.open((await find(path)).hash);
    },
    digest: find,
    async withFile(path, use) {
      const file = await find(path);
      return use({ ...file, localPath: await blobs.localPath(file.hash) });
    },
  };
}
