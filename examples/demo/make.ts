// Makes the demo's videos again: node examples/demo/make.ts <folder with the source files> [<out folder>]
// SOURCES.md says where each source file comes from. Equal sources give equal bytes.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createMedia } from '../../lib/platform/media/media.ts';

/** x264's constant rate factor of each arm; all else is equal. */
const ARMS = [18, 36, 41, 46];
const PROFILE = { width: 512, height: 288, fps: 24, codec: 'h264' as const };
const SECONDS = 3;
const CLIPS: { key: string; file: string; startSeconds: number }[] = [
  { key: 'city', file: 'cityCC0.mpg', startSeconds: 1 },
  { key: 'cockatoo', file: 'cockatoo.mp4', startSeconds: 0.5 },
  { key: 'launch-pad', file: 'oa4_launch.webm', startSeconds: 0 },
  { key: 'rocket', file: 'oa4_launch.webm', startSeconds: 5 },
  { key: 'bottle', file: 'cup.mp4', startSeconds: 2 },
  { key: 'box', file: 'box.mp4', startSeconds: 5 },
  { key: 'tree', file: 'tree.avi', startSeconds: 0 },
  { key: 'walkers', file: 'vtest.avi', startSeconds: 62 },
];

const [from, to = import.meta.dirname] = process.argv.slice(2);
if (!from) throw new Error('Give the folder that holds the source files.');
const media = createMedia();
let bytes = 0;
try {
  for (const { key, file, startSeconds } of CLIPS) {
    for (const crf of ARMS) {
      const folder = resolve(to, 'videos', `crf-${crf}`);
      await mkdir(folder, { recursive: true });
      const report = await media.renderRendition(
        resolve(from, file),
        join(folder, `${key}.mp4`),
        { ...PROFILE, durationSeconds: SECONDS, crf },
        { startSeconds },
      );
      bytes += report.bytes;
      console.log(`${key} crf ${crf}: ${report.frameCount} frames, ${report.bytes} bytes`);
    }
  }
  console.log(`${bytes} bytes in all`);
} finally {
  media.close();
}
