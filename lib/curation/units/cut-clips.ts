import { extname } from 'node:path';
import type * as z from 'zod';
import { clipFile } from '../clip-file.ts';
import { clipUid } from '../clip-uid.ts';
import { type CutVideo, cutVideo } from '../scenes/cut-video.ts';
import { cutSettings } from '../scenes/settings.ts';
import type { StoredRunSource, StoredStep } from '../schema.ts';
import { CUT_COLUMNS } from './cut-columns.ts';
import { faultReason, tryTwice } from './faults.ts';
import { withStaging } from './staging.ts';
import type { ClipsOutput, cutInputSchema, UnitContext, UnitResult } from './unit.ts';
import { type ClipRow, writeRows } from './write-rows.ts';

/** How the steps of cutting share the time, roughly: the scan decodes everything. */
const SHARES = { scan: [0, 0.7], write: [0.7, 0.9], check: [0.9, 1] } as const;

/** Cuts one video into clips, which become blobs. */
export async function cutClips(
  { platform, input, signal, onProgress }: UnitContext<z.infer<typeof cutInputSchema>>,
  source: Extract<StoredRunSource, { kind: 'videos' }>,
  step: StoredStep,
): Promise<UnitResult<ClipsOutput>> {
  const settings = cutSettings.parse(step.settings);
  const columns = [...CUT_COLUMNS];
  return withStaging(platform, async (outDir) => {
    let cut: CutVideo;
    try {
      const place = { mediaRoot: source.path, reach: source.reach };
      const path = await clipFile(platform, place, { path: input.path, hash: null });
      cut = await tryTwice(() =>
        cutVideo(platform, {
          path,
          settings,
          outDir,
          signal,
          onProgress: ({ step: at, done, total }) => {
            const [from, to] = SHARES[at];
            const share = total ? Math.min(1, done / total) : 0;
            onProgress(from + (to - from) * share);
          },
        }),
      );
    } catch (error) {
      signal.throwIfAborted();
      const reason = faultReason(error);
      if (reason === null) throw error;
      const fault = { uid: clipUid(input.path), path: input.path, reason };
      return { output: { hash: null, columns }, clips: 0, faults: [fault] };
    }
    const rows = await keepClips(platform, input.path, cut);
    const hash = rows.length > 0 ? await writeRows(platform, columns, rows, signal) : null;
    const { scenes, dropped } = cut.stats;
    return { output: { hash, columns, scenes, dropped }, clips: rows.length, faults: [] };
  });
}

async function keepClips(
  { blobs }: UnitContext<unknown>['platform'],
  video: string,
  cut: CutVideo,
): Promise<ClipRow[]> {
  const rows: ClipRow[] = [];
  for (const clip of cut.clips) {
    if (clip.path === null) continue;
    const { hash } = await blobs.putFile(clip.path);
    const digits = (frame: number) => String(frame).padStart(7, '0');
    const name = `${digits(clip.startFrame)}-${digits(clip.endFrame)}${extname(clip.path)}`;
    const path = `${video}/${name}`;
    rows.push({
      uid: clipUid(path),
      path,
      hash,
      video,
      video_hash: cut.video.hash,
      start_frame: clip.startFrame,
      end_frame: clip.endFrame,
      start_seconds: clip.startSeconds,
      end_seconds: clip.endSeconds,
      num_frames: clip.frames,
      width: clip.width,
      height: clip.height,
      fps: clip.fps,
    });
  }
  return rows;
}
