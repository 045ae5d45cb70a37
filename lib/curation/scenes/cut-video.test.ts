import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createMedia } from '#lib/platform/media/media.ts';
import { type CutInput, type CutProgress, cutVideo } from './cut-video.ts';
import { cutSettings } from './settings.ts';

/** Eight scenes of 20 frames, keyframes every 30: at 0, 30, 60, 90, 120, 150. */
const path = resolve('tests/golden/pyscenedetect/cuts.mp4');
const root = mkdtempSync(join(tmpdir(), 'winnow-cut-'));
const media = createMedia();
const newFolder = () => mkdtempSync(join(root, 'out-'));

afterAll(() => {
  media.close();
  rmSync(root, { recursive: true });
});

async function cut(changes: object, more: Partial<CutInput> = {}) {
  const settings = cutSettings.parse({
    detectors: [{ kind: 'content' }],
    minClipSeconds: 0.25,
    flow: null,
    ...changes,
  });
  const outDir = newFolder();
  const result = await cutVideo({ media }, { path, settings, outDir, ...more });
  return { outDir, ...result };
}

test('clips are copied from the first keyframe of each scene and hold exactly their frames', async () => {
  const { outDir, clips, stats, video } = await cut({ reencode: 'never' });
  expect(clips.map(({ startFrame, dropped }) => [startFrame, dropped])).toEqual([
    [0, null],
    [30, null],
    [40, 'no-keyframe'],
    [60, null],
    [90, null],
    [100, 'no-keyframe'],
    [120, null],
    [150, null],
  ]);
  expect(stats).toMatchObject({ scenes: 8, cuts: 7, written: 6, reencoded: 0 });
  expect(video.hash).toMatch(/^[0-9a-f]{64}$/);
  const kept = clips.filter((clip) => clip.path !== null);
  expect(readdirSync(outDir).sort()).toEqual(kept.map((clip) => clip.path?.split('/').at(-1)));
  for (const clip of kept) {
    const info = await media.inspectVideo(clip.path ?? '');
    expect(info).toMatchObject({
      frameCount: clip.frames,
      width: clip.width,
      height: 282,
      fps: 24,
    });
    // A copy may end some frames early, where the pictures that it needs end.
    expect(clip.endFrame % 20 === 0 || clip.endFrame % 20 >= 17).toBe(true);
    const bytes = readFileSync(clip.path ?? '', 'latin1');
    for (const trace of ['Lavf', 'Lavc', 'isom\0\0\0\0meta']) expect(bytes).not.toContain(trace);
  }
});

test('scenes without a keyframe are coded anew where that is allowed, exactly between their cuts', async () => {
  const needed = await cut({ reencode: 'where-needed' });
  expect(needed.clips.filter((clip) => clip.isReencoded)).toMatchObject([
    { startFrame: 40, endFrame: 60, frames: 20, startSeconds: 1.666667, width: 500, height: 282 },
    { startFrame: 100, endFrame: 120, frames: 20 },
  ]);
  const exact = await cut({ reencode: 'exact' });
  expect(exact.clips.map(({ startFrame }) => startFrame)).toEqual([
    0, 20, 40, 60, 80, 100, 120, 140,
  ]);
  expect(exact.stats).toMatchObject({ written: 8, reencoded: 5 });
});

test('equal settings give equal bytes', async () => {
  const [a, b] = [await cut({}), await cut({})];
  const files = readdirSync(a.outDir).sort();
  expect(files).toHaveLength(8);
  expect(readdirSync(b.outDir).sort()).toEqual(files);
  for (const file of files) {
    expect(readFileSync(join(a.outDir, file)).equals(readFileSync(join(b.outDir, file)))).toBe(
      true,
    );
  }
});

test('the final pass drops still clips and clips with a missed cut, and says how far it is', async () => {
  const steps: CutProgress[] = [];
  const wholeVideo = { detectors: [{ kind: 'content', threshold: 255 }] };
  const rule = { framesPerSecond: 6, jumpRatio: 1.5, jumpPixels: 1 };
  const jumps = await cut(
    { ...wholeVideo, flow: rule },
    { onProgress: (progress) => steps.push(progress) },
  );
  expect(jumps.clips).toMatchObject([
    { startFrame: 0, endFrame: 160, dropped: 'jumps', path: null },
  ]);
  expect(jumps.clips[0]?.motion).toBeGreaterThan(0);
  expect(readdirSync(jumps.outDir)).toEqual([]);
  expect(new Set(steps.map(({ step }) => step))).toEqual(new Set(['scan', 'write', 'check']));
  const still = await cut({ ...wholeVideo, flow: { stillBelow: 1000 } });
  expect(still.stats).toMatchObject({ written: 0, dropped: { still: 1 } });
});

test('when it is called off, nothing stays in the folder', async () => {
  const stop = new AbortController();
  const outDir = newFolder();
  const cutting = cut(
    { reencode: 'exact' },
    {
      outDir,
      signal: stop.signal,
      onProgress: ({ step }) => step === 'write' && stop.abort(new Error('enough')),
    },
  );
  await expect(cutting).rejects.toThrow('enough');
  expect(readdirSync(outDir)).toEqual([]);
});
