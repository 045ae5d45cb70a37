import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, seededRandom } from '../../../lib/core/random.ts';
import { writeCsv } from './csv.ts';
import { drawClip, type Picture } from './draw-clip.ts';
import { drawFault, type Fault, WORLD_MIX } from './fault.ts';
import { caption, drawScene, FPS, type Scene } from './scene.ts';
import { writeVideo } from './write-video.ts';

const LONG_FPS = 24;
const SCENES = 8;
const SECONDS = { shortest: 1.5, longest: 4 };

/** Writes videos of several scenes with hard cuts, and `long-truth.csv` with each scene's first frame. */
export function makeLongVideos({ out, count, seed }: { out: string; count: number; seed: string }) {
  mkdirSync(join(out, 'long'), { recursive: true });
  const truths: Record<string, string | number>[] = [];
  for (let index = 0; index < count; index++) {
    const random = seededRandom(`tiny-world ${seed} long ${index}`);
    const path = `long/${String(index).padStart(2, '0')}.mp4`;
    const scenes = drawScenes(random);
    writeVideo(join(out, path), picturesOf(scenes, random), LONG_FPS);
    let first = 0;
    for (const { scene, fault, frames } of scenes) {
      const text = caption(fault.name === 'caption' ? fault.said : scene);
      truths.push({ path, first_frame: first, num_frames: frames, text, fault: fault.name });
      first += frames;
    }
  }
  writeCsv(join(out, 'long-truth.csv'), truths);
}

interface LongScene {
  scene: Scene;
  fault: Fault;
  frames: number;
}

/** Each scene differs from the one before in colour and background, so that the cut is one. */
function drawScenes(random: Random): LongScene[] {
  const scenes: LongScene[] = [];
  while (scenes.length < SCENES) {
    const scene = drawScene(random);
    const before = scenes.at(-1)?.scene;
    if (scene.colour === before?.colour || scene.background === before?.background) continue;
    const seconds = SECONDS.shortest + random.next() * (SECONDS.longest - SECONDS.shortest);
    const frames = Math.round(seconds * LONG_FPS);
    // Slow enough that the shape stays in the picture.
    const speed = scene.speed * Math.min(1, 2 / seconds);
    scenes.push({ scene: { ...scene, speed }, fault: drawFault(scene, WORLD_MIX, random), frames });
  }
  return scenes;
}

function* picturesOf(scenes: readonly LongScene[], random: Random): Generator<Picture> {
  for (const { scene, fault, frames } of scenes) {
    yield* drawClip(scene, fault, random, { count: frames, perTick: LONG_FPS / FPS });
  }
}
