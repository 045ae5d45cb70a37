import type * as z from 'zod';
import { clipFile } from '../clip-file.ts';
import { clipUid } from '../clip-uid.ts';
import type { StoredRunSource } from '../schema.ts';
import { faultReason, tryTwice } from './faults.ts';
import type { ClipsOutput, takeInputSchema, UnitContext, UnitFault, UnitResult } from './unit.ts';
import { type ClipRow, writeRows } from './write-rows.ts';

/** Columns of clips that lie in a folder. */
export const TAKE_COLUMNS = [
  { name: 'uid', type: 'VARCHAR' },
  { name: 'path', type: 'VARCHAR' },
  { name: 'num_frames', type: 'BIGINT' },
  { name: 'width', type: 'BIGINT' },
  { name: 'height', type: 'BIGINT' },
  { name: 'fps', type: 'DOUBLE' },
] as const;

/** Looks at files that are clips already; they stay where they are. */
export async function takeClips(
  { platform, input, signal, onProgress }: UnitContext<z.infer<typeof takeInputSchema>>,
  source: Extract<StoredRunSource, { kind: 'videos' }>,
): Promise<UnitResult<ClipsOutput>> {
  const place = { mediaRoot: source.path, reach: source.reach };
  const rows: ClipRow[] = [];
  const faults: UnitFault[] = [];
  for (const [index, path] of input.paths.entries()) {
    signal.throwIfAborted();
    const uid = clipUid(path);
    try {
      const file = await clipFile(platform, place, { path, hash: null });
      const info = await tryTwice(() => platform.media.inspectVideo(file, { signal }));
      const { width, height, fps, frameCount } = info;
      rows.push({ uid, path, num_frames: frameCount, width, height, fps });
    } catch (error) {
      const reason = faultReason(error);
      if (reason === null) throw error;
      faults.push({ uid, path, reason });
    }
    onProgress((index + 1) / input.paths.length);
  }
  const hash = rows.length > 0 ? await writeRows(platform, TAKE_COLUMNS, rows, signal) : null;
  return { output: { hash, columns: [...TAKE_COLUMNS] }, clips: rows.length, faults };
}
