import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../../lib/core/random.ts';
import { createMedia } from '../../../lib/platform/media/media.ts';
import { drawClip } from './draw-clip.ts';
import { drawFault, FAULTS, WORLD_MIX } from './fault.ts';
import { makeClips } from './make-clips.ts';
import { makeLongVideos } from './make-long-videos.ts';
import { caption, drawScene, type Scene } from './scene.ts';

const media = createMedia();
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tiny-world-'));
});

afterAll(() => {
  media.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the same seed gives the same bytes, whatever the number of clips', () => {
  const [few, more] = [join(folder, 'few'), join(folder, 'more')];
  makeClips({ out: few, count: 3, seed: '1' });
  makeClips({ out: more, count: 5, seed: '1' });
  for (const name of readdirSync(join(few, 'clips'))) {
    expect(hashOf(join(few, 'clips', name))).toBe(hashOf(join(more, 'clips', name)));
  }
});

test('a clip is what its row says; the truth stands in a table of its own', async () => {
  const out = join(folder, 'rated');
  makeClips({ out, count: 2, seed: '1', isRated: true });
  const [row] = table(join(out, 'rated.csv'));
  expect(Object.keys(row ?? {})).toEqual([
    'path',
    'text',
    'num_frames',
    'width',
    'height',
    'fps',
    'rating',
  ]);
  const video = await media.inspectVideo(join(out, row?.path ?? ''));
  expect(video).toMatchObject({ frameCount: 16, width: 96, height: 96, fps: 8, codec: 'h264' });
  expect(Object.keys(table(join(out, 'rated-truth.csv'))[0] ?? {})).toContain('fault');
});

test('long videos hold the frames of all their scenes', async () => {
  makeLongVideos({ out: folder, count: 1, seed: '1' });
  const scenes = table(join(folder, 'long-truth.csv'));
  const video = await media.inspectVideo(join(folder, 'long/00.mp4'));
  const last = scenes.at(-1);
  expect(scenes).toHaveLength(8);
  expect(video.frameCount).toBe(Number(last?.first_frame) + Number(last?.num_frames));
});

test('about half of the clips are bad, in every way that there is', () => {
  const counts = new Map<string, number>();
  for (let index = 0; index < 4000; index++) {
    const random = seededRandom(index);
    const { name } = drawFault(drawScene(random), WORLD_MIX, random);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual([...FAULTS].sort());
  expect((counts.get('none') ?? 0) / 4000).toBeCloseTo(0.5, 1);
});

test('the shape moves as the caption says, and stands when the fault is stillness', () => {
  const scene: Scene = {
    ...{ colour: 'red', shape: 'circle', direction: 'left', background: 'black' },
    ...{ radius: 18, speed: 2.5, centre: { x: 48, y: 48 } },
  };
  const columns = (name: 'none' | 'still') =>
    [...drawClip(scene, { name, severity: 1 }, seededRandom(1))].map(meanRedColumn);
  const moving = columns('none');
  expect(moving.every((column, index) => index === 0 || column < (moving[index - 1] ?? 0))).toBe(
    true,
  );
  expect(new Set(columns('still').map((column) => column.toFixed(6))).size).toBe(1);
  expect(caption(scene)).toBe('a red circle moves left over a black background');
});

function meanRedColumn(picture: Float32Array): number {
  let [sum, weight] = [0, 0];
  for (let at = 0; at < picture.length; at += 3) {
    const red = (picture[at] ?? 0) - 15;
    sum += red * ((at / 3) % 96);
    weight += red;
  }
  return sum / weight;
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function table(path: string): Record<string, string>[] {
  return parse(readFileSync(path), { columns: true });
}
