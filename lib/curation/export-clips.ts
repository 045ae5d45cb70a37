import { copyFile, link, mkdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { parquetRows } from '#lib/platform/tables/sql.ts';
import { findRun, type RunAddress } from './runs/find-run.ts';
import { runResultSchema } from './schema.ts';

const CLIPS_AT_ONCE = 5_000;

export interface ExportOptions {
  signal: AbortSignal;
  onProgress?: (done: number, of: number) => void;
}

/**
 * Lays the clips that a run has cut into a folder of this machine, each under its path in the table,
 * so that the paths of manifests are files there. What is there already with the right size stays;
 * where it can be, a clip is a hard link and takes no space.
 *
 * @returns how many clips lie there now
 * @throws AppError CONFLICT where the run has no clips of its own
 */
export async function exportClips(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables'>,
  actor: Actor,
  address: RunAddress,
  folder: string,
  { signal, onProgress = () => {} }: ExportOptions,
): Promise<number> {
  const { row } = await findRun(platform, actor, address, 'project.read');
  const result = runResultSchema.nullable().parse(row.result);
  if (result?.lineage.hash?.scorer !== 'cut')
    throw new AppError(
      'CONFLICT',
      result
        ? 'The run cut no clips: its files lie where they were.'
        : 'The run is not done yet; its clips are there when it is.',
    );
  let done = 0;
  for (const part of result.parts) {
    const file = await platform.blobs.localPath(part);
    for (let after = ''; ; ) {
      const clips = await platform.tables.query(
        `SELECT uid, path, hash FROM ${parquetRows([file])} WHERE uid > $after
         ORDER BY uid LIMIT ${CLIPS_AT_ONCE}`,
        { files: [file], parameters: { after }, signal },
      );
      for (const { path, hash } of clips) {
        signal.throwIfAborted();
        await layDown(await platform.blobs.localPath(String(hash)), folder, String(path));
        onProgress(++done, result.clips);
      }
      if (clips.length < CLIPS_AT_ONCE) break;
      after = String(clips.at(-1)?.uid);
    }
  }
  return done;
}

async function layDown(blob: string, folder: string, path: string): Promise<void> {
  const place = resolve(folder, path);
  const way = relative(folder, place);
  if (way.startsWith('..') || isAbsolute(way))
    throw new AppError('BAD_INPUT', `The clip ${path} would lie outside of the folder.`);
  const there = await stat(place).catch(() => null);
  if (there && there.size === (await stat(blob)).size) return;
  if (there) throw new AppError('CONFLICT', `Another file lies at ${join(folder, path)} already.`);
  await mkdir(dirname(place), { recursive: true });
  await link(blob, place).catch(() => copyFile(blob, place));
}
