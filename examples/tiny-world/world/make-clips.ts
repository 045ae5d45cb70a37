import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../../lib/core/random.ts';
import { writeCsv } from './csv.ts';
import { drawClip } from './draw-clip.ts';
import { drawFault, RATED_MIX, WORLD_MIX } from './fault.ts';
import { caption, drawScene, FPS, SIDE } from './scene.ts';
import { statedRating } from './stated-rating.ts';
import { writeVideo } from './write-video.ts';

export interface ClipsToMake {
  out: string;
  count: number;
  seed: string;
  /** Makes the labelled set instead: other clips, milder faults too, each with its stated rating. */
  isRated?: boolean;
}

/**
 * Writes clips with their table (`clips.csv` or `rated.csv`), the truth about each of them, and for
 * the main set `clips-known.csv`: the same table with the known fault as a column for the axis pages.
 * Each clip depends on the seed and its own number alone.
 */
export function makeClips({ out, count, seed, isRated = false }: ClipsToMake): void {
  const set = isRated ? 'rated' : 'clips';
  mkdirSync(join(out, set), { recursive: true });
  const table: Record<string, string | number>[] = [];
  const truths: Record<string, string | number>[] = [];
  for (let index = 0; index < count; index++) {
    const random = seededRandom(`tiny-world ${seed} ${set} ${index}`);
    const scene = drawScene(random);
    const fault = drawFault(scene, isRated ? RATED_MIX : WORLD_MIX, random);
    const path = `${set}/${String(index).padStart(5, '0')}.mp4`;
    const rating = isRated ? { rating: statedRating(fault, random) } : {};
    const frames = writeVideo(join(out, path), drawClip(scene, fault, random), FPS);
    const text = caption(fault.name === 'caption' ? fault.said : scene);
    const size = { num_frames: frames, width: SIDE, height: SIDE, fps: FPS };
    table.push({ path, text, ...size, ...rating });
    const { colour, shape, direction, background } = scene;
    const severity = fault.severity.toFixed(3);
    truths.push({ path, fault: fault.name, severity, colour, shape, direction, background });
  }
  writeCsv(join(out, `${set}.csv`), table);
  writeCsv(join(out, isRated ? 'rated-truth.csv' : 'truth.csv'), truths);
  if (isRated) return;
  const known = table.map((row, index) => ({
    ...row,
    known_fault: truths[index]?.fault ?? '',
  }));
  writeCsv(join(out, 'clips-known.csv'), known);
}
