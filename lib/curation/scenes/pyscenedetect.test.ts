import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createMedia } from '#lib/platform/media/media.ts';
import { detectCuts } from './detect-cuts.ts';
import { findScenes } from './find-scenes.ts';
import { readMeasuredFrames } from './measured-frames.ts';
import { sceneListCsv } from './scene-text.ts';
import { detectorSettings } from './settings.ts';

const GOLDEN = resolve('tests/golden/pyscenedetect');
const folder = mkdtempSync(join(tmpdir(), 'winnow-golden-scenes-'));
const media = createMedia();

afterAll(() => {
  media.close();
  rmSync(folder, { recursive: true });
});

const golden = (name: string) => readFileSync(join(GOLDEN, name), 'utf8');

test.each([
  ['cuts.mp4', 'content', { kind: 'content', threshold: 27 }, 15],
  ['cuts.mp4', 'adaptive', { kind: 'adaptive' }, 15],
  [
    'cuts.mp4',
    'edges',
    {
      kind: 'content',
      threshold: 12,
      filterMode: 'suppress',
      weights: { hue: 1, saturation: 0.5, brightness: 1, edges: 0.2 },
    },
    10,
  ],
  ['fades.webm', 'fade', { kind: 'fade', threshold: 20 }, 15],
])(
  '%s, %s: statistics and scene list equal to the last digit',
  async (video, name, detector, frames) => {
    const statsPath = join(folder, `${name}.csv`);
    const { scenes, rate } = await findScenes(
      { media },
      {
        path: join(GOLDEN, video),
        detectors: [detectorSettings.parse(detector)],
        minScene: { frames },
        statsPath,
      },
    );
    expect(readFileSync(statsPath, 'utf8')).toBe(golden(`${video}.${name}.stats.csv`));
    expect(sceneListCsv(scenes, rate)).toBe(golden(`${video}.${name}.scenes.csv`));
  },
);

test('detectors that look at every n-th frame find what they find with frame_skip', async () => {
  const reference: Record<string, number[]> = JSON.parse(golden('skipped-frames.json'));
  const numbers = join(folder, 'numbers');
  const rates = [null, 12, 6, 3];
  const options = { rates, edges: null };
  const { strides } = await media.measureContent(join(GOLDEN, 'cuts.mp4'), numbers, options);
  expect(strides).toEqual([1, 2, 4, 8]);
  for (const rate of [1, 2, 3]) {
    const stride = strides[rate] ?? 1;
    const chunks = async function* () {
      for await (const frames of readMeasuredFrames(numbers, rates.length)) {
        yield frames.map((frame) => ({
          ...frame,
          deltas: [frame.deltas[0] ?? null, frame.deltas[rate] ?? null],
        }));
      }
    };
    for (const [kind, threshold] of [
      ['content', 14],
      ['adaptive', 2],
    ] as const) {
      const detector = detectorSettings.parse({ kind, threshold, fps: rates[rate] });
      const settings = { minSceneFrames: 15, strides: [1, stride], fps: 24 };
      const { cuts } = await detectCuts(chunks(), [detector], settings);
      // Its cut is the first frame that it saw of a scene; ours is the scene's first frame.
      const seen = cuts.map((cut) => Math.ceil(cut / stride) * stride);
      expect(seen, `${kind} every ${stride}`).toEqual(reference[`${kind} every ${stride}`]);
    }
  }
});
