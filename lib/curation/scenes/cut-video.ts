import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#lib/core/errors.ts';
import type { WrittenClip } from '#lib/platform/media/clips.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { type FoundScenes, findScenes } from './find-scenes.ts';
import { framesPerSecond } from './frame-rate.ts';
import { judgeFlow } from './judge-flow.ts';
import { type ClipPlan, type DropReason, planClips } from './plan-clips.ts';
import { scenesOf } from './scene-list.ts';
import type { CutSettings } from './settings.ts';

export interface CutInput {
  /** Absolute. */
  readonly path: string;
  readonly settings: CutSettings;
  /** A folder that exists. */
  readonly outDir: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: CutProgress) => void) | undefined;
}

export interface CutProgress {
  /** Looking for cuts; writing clips and counting their frames; looking at the clips' motion. */
  readonly step: 'scan' | 'write' | 'check';
  /** Seconds of the video, or clips while checking, that are done. */
  readonly done: number;
  readonly total: number | null;
  readonly frames: number;
}

/** One scene of the video: a clip file, or the reason why there is none. */
export interface CutClip {
  /** First frame in the video, and the frame after its last. */
  readonly startFrame: number;
  readonly endFrame: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Null when it was dropped. */
  readonly path: string | null;
  readonly frames: number;
  /** Of the displayed picture; 0 where no file was written. */
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly isReencoded: boolean;
  readonly dropped: DropReason | null;
  /** Mean flow in pixels at a short side of 320; null where it was not measured. */
  readonly motion: number | null;
}

export interface CutVideo {
  readonly video: {
    /** SHA-256 of the file. */
    readonly hash: string;
    readonly info: {
      readonly container: string;
      readonly codec: string;
      readonly width: number;
      readonly height: number;
      readonly fps: number;
      readonly frameCount: number;
      readonly durationSeconds: number;
    };
  };
  readonly clips: readonly CutClip[];
  readonly stats: {
    readonly scenes: number;
    readonly cuts: number;
    readonly written: number;
    readonly reencoded: number;
    readonly dropped: Readonly<Record<DropReason, number>>;
    readonly scanFramesPerSecond: number;
  };
}

/**
 * Finds the cuts of one video and writes its scenes into `outDir` as `{start}-{end}.mp4` or `.webm`, frames
 * in seven digits, without sound and metadata. Equal files and settings give equal bytes. When it fails or
 * is aborted, nothing of it stays in the folder.
 *
 * @throws AppError BAD_INPUT about the video; STORAGE_FULL; UNAVAILABLE
 */
export async function cutVideo(
  platform: Pick<Platform, 'media'>,
  { path, settings, outDir, signal, onProgress }: CutInput,
): Promise<CutVideo> {
  const staging = join(outDir, `.cut-${randomUUID()}`);
  await mkdir(staging);
  try {
    const { detectors, minSceneFrames } = settings;
    const found = await findScenes(
      platform,
      { path, detectors, minScene: { frames: minSceneFrames } },
      {
        signal,
        onProgress: ({ frames, seconds, totalSeconds }) =>
          onProgress?.({ step: 'scan', done: seconds, total: totalSeconds, frames }),
      },
    );
    const plans = plansOf(found, settings);
    const wanted = plans.filter(({ dropped }) => dropped === null);
    const written = await platform.media.cutClips(
      path,
      staging,
      wanted.map(({ start, end, how }) => ({ start, end, how })),
      {
        frameCount: found.video.frameCount,
        mayEncode: settings.reencode !== 'never',
        minFrames: minFramesOf(found, settings),
        crf: settings.crf,
      },
      {
        signal,
        onProgress: ({ frames, seconds, totalSeconds }) =>
          onProgress?.({ step: 'write', done: seconds, total: totalSeconds, frames }),
      },
    );
    const byPlan = new Map(wanted.map((plan, at) => [plan, written[at]]));
    const clips: CutClip[] = [];
    for (const plan of plans) {
      const clip = byPlan.get(plan);
      clips.push(
        clip
          ? await judged(platform, clip, staging, found, settings, signal)
          : droppedClip(plan, plan.dropped, found),
      );
      onProgress?.({ step: 'check', done: clips.length, total: plans.length, frames: 0 });
    }
    const hash = await hashOf(path, signal);
    return {
      video: { hash, info: infoOf(found) },
      clips: await Promise.all(clips.map((clip) => published(clip, outDir))),
      stats: statsOf(found, clips),
    };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function plansOf(found: FoundScenes, settings: CutSettings): ClipPlan[] {
  const { cuts, keyframes } = found.detected;
  return planClips(scenesOf(cuts, found.video.frameCount), keyframes, {
    minFrames: minFramesOf(found, settings),
    reencode: settings.reencode,
  });
}

function minFramesOf({ rate }: FoundScenes, { minClipSeconds }: CutSettings): number {
  return Math.max(1, Math.ceil(minClipSeconds * framesPerSecond(rate) - 1e-6));
}

/** Measures the motion of a written clip and removes the file of one that is not kept. */
async function judged(
  platform: Pick<Platform, 'media'>,
  clip: WrittenClip,
  folder: string,
  found: FoundScenes,
  { flow }: CutSettings,
  signal: AbortSignal | undefined,
): Promise<CutClip> {
  if (clip.file === null) return droppedClip(clip, 'broken', found);
  const path = join(folder, clip.file);
  const { width, height, fps, isReencoded } = clip;
  const base = { ...placeOf(clip, found), width, height, fps, isReencoded };
  if (!flow) return { ...base, path, dropped: null, motion: null };
  const settings = { framesPerSecond: flow.framesPerSecond, unit: 'working-pixels' as const };
  const report = await platform.media.measureFlow(path, settings, { signal }).catch((error) => {
    // Too short to hold two pictures: no ground to drop it.
    if (error instanceof AppError && error.data.reason === 'TOO_SHORT') return null;
    throw error;
  });
  const dropped = judgeFlow(report?.pairs ?? [], flow);
  if (dropped) await rm(path);
  return { ...base, path: dropped ? null : path, dropped, motion: report?.mean ?? null };
}

function droppedClip(
  range: { start: number; end: number },
  dropped: DropReason | null,
  found: FoundScenes,
): CutClip {
  const { fps } = found.video;
  const none = { path: null, width: 0, height: 0, fps, isReencoded: false, motion: null };
  return { ...placeOf(range, found), ...none, dropped };
}

function placeOf({ start, end }: { start: number; end: number }, found: FoundScenes) {
  const { frameCount, durationSeconds } = found.video;
  const secondsAt = (frame: number) =>
    frame < frameCount ? (found.detected.microseconds[frame] ?? 0) / 1e6 : durationSeconds;
  return {
    startFrame: start,
    endFrame: end,
    startSeconds: secondsAt(start),
    endSeconds: secondsAt(end),
    frames: end - start,
  };
}

async function published(clip: CutClip, outDir: string): Promise<CutClip> {
  if (clip.path === null) return clip;
  const path = join(outDir, clip.path.slice(clip.path.lastIndexOf('/') + 1));
  await rename(clip.path, path);
  return { ...clip, path };
}

async function hashOf(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, signal ? { signal } : {});
  return hash.digest('hex');
}

function infoOf({ video }: FoundScenes): CutVideo['video']['info'] {
  const { container, codec, width, height, fps, frameCount, durationSeconds } = video;
  return { container, codec, width, height, fps, frameCount, durationSeconds };
}

function statsOf(found: FoundScenes, clips: readonly CutClip[]): CutVideo['stats'] {
  const count = (reason: DropReason) => clips.filter(({ dropped }) => dropped === reason).length;
  const kept = clips.filter(({ path }) => path !== null);
  return {
    scenes: clips.length,
    cuts: found.detected.cuts.length,
    written: kept.length,
    reencoded: kept.filter(({ isReencoded }) => isReencoded).length,
    dropped: {
      'too-short': count('too-short'),
      'no-keyframe': count('no-keyframe'),
      still: count('still'),
      jumps: count('jumps'),
      broken: count('broken'),
    },
    scanFramesPerSecond: found.framesPerSecond,
  };
}
