import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { roundHalfEven } from '#lib/core/round-half-even.ts';
import type { ContentMeasurement } from '#lib/platform/media/content/measurement.ts';
import type { LongCallOptions } from '#lib/platform/media/media.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { type DetectedCuts, detectCuts, needsEdges, ratesOf } from './detect-cuts.ts';
import { type FrameRate, frameRateOf, framesPerSecond } from './frame-rate.ts';
import { readMeasuredFrames } from './measured-frames.ts';
import { scenesOf } from './scene-list.ts';
import type { TimedScene } from './scene-text.ts';
import type { DetectorSettings } from './settings.ts';
import { statsCsv } from './stats-csv.ts';
import { endOf, momentAt } from './timeline.ts';

export interface FindScenes {
  /** Absolute. */
  readonly path: string;
  readonly detectors: readonly DetectorSettings[];
  /** Frames, or seconds of the video's own rate. */
  readonly minScene: { frames: number } | { seconds: number };
  /** Side of the square by which edges are widened; null goes by the picture's size. */
  readonly kernelSize?: number | null;
  /** Where the numbers of every frame go, in the form that `statsCsv` writes, for the first detector. */
  readonly statsPath?: string;
}

export interface FoundScenes {
  readonly video: ContentMeasurement;
  readonly rate: FrameRate;
  readonly scenes: readonly TimedScene[];
  readonly detected: DetectedCuts;
  /** Frames measured in a second of the clock. */
  readonly framesPerSecond: number;
}

/**
 * Finds the scenes of one video: decodes it once and runs the detectors over the numbers.
 *
 * @throws AppError BAD_INPUT
 */
export async function findScenes(
  platform: Pick<Platform, 'media'>,
  { path, detectors, minScene, kernelSize = null, statsPath }: FindScenes,
  options: LongCallOptions = {},
): Promise<FoundScenes> {
  const numbers = join(tmpdir(), `winnow-scenes-${randomUUID()}`);
  const rates = ratesOf(detectors);
  const edges = statsPath || needsEdges(detectors) ? { kernelSize } : null;
  try {
    const started = performance.now();
    const video = await platform.media.measureContent(path, numbers, { rates, edges }, options);
    const seconds = (performance.now() - started) / 1000;
    const rate = frameRateOf(video.fps);
    const fps = framesPerSecond(rate);
    const minSceneFrames =
      'frames' in minScene ? minScene.frames : roundHalfEven(minScene.seconds * fps);
    const detected = await detectCuts(readMeasuredFrames(numbers, rates.length), detectors, {
      minSceneFrames,
      strides: video.strides,
      fps,
    });
    const [first] = detectors;
    if (statsPath && first) {
      const lines = statsCsv(readMeasuredFrames(numbers, rates.length), first, rate);
      await pipeline(Readable.from(lines), createWriteStream(statsPath));
    }
    const momentOf = (frame: number) =>
      frame < video.frameCount
        ? momentAt(detected.microseconds[frame] ?? 0, rate)
        : endOf(video.frameCount, rate);
    const scenes = scenesOf(detected.cuts, video.frameCount).map(({ start, end }) => ({
      start: momentOf(start),
      end: momentOf(end),
    }));
    return { video, rate, scenes, detected, framesPerSecond: video.frameCount / seconds };
  } finally {
    await rm(numbers, { force: true });
  }
}
