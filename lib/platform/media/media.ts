import { rm } from 'node:fs/promises';
import { type ClipOptions, type ClipRequest, type WrittenClip, writtenClips } from './clips.ts';
import {
  type ContentMeasurement,
  contentMeasurement,
  type MeasureOptions,
} from './content/measurement.ts';
import { type FlowReport, type FlowSettings, flowReport, flowSettings } from './flow.ts';
import { type FramePicks, type FrameSize, type WrittenFrames, writtenFrames } from './frames.ts';
import { DEFAULT_MEDIA_LIMITS, type MediaLimits, RAW_VIDEO_LIMITS } from './limits.ts';
import { ProcessPool } from './process-pool.ts';
import type { MediaTask, ReportProgress } from './task.ts';
import {
  type RenditionProfile,
  type RenditionReport,
  type RenditionTransform,
  renditionReport,
  type StillReport,
  stillReport,
  type VideoInfo,
  videoInfo,
} from './video.ts';

/**
 * The door to videos. Every call decodes in a child process with limits on time and memory. A refused
 * file is an AppError BAD_INPUT whose message is a sentence about "the file" and whose `data.reason` is
 * one of `RefusalReason`. Paths are absolute; the extension plays no part on the way in.
 */
export interface Media {
  /** Decodes the whole file and says what it holds. */
  inspectVideo(path: string, options?: CallOptions): Promise<VideoInfo>;
  /** Writes the video in the profile's form (`.mp4` for h264, `.webm` for vp9); replaces `outPath`. */
  renderRendition(
    path: string,
    outPath: string,
    profile: RenditionProfile,
    transform?: Partial<RenditionTransform>,
    options?: CallOptions,
  ): Promise<RenditionReport>;
  /** Writes the middle frame; `outPath` ends in `.webp` or `.jpg`. */
  makePoster(
    path: string,
    outPath: string,
    frameCount: number,
    options?: CallOptions,
  ): Promise<StillReport>;
  /** Writes eight frames as one picture, 4 x 2; `outPath` ends in `.webp` or `.jpg`. */
  makeContactSheet(
    path: string,
    outPath: string,
    frameCount: number,
    options?: CallOptions,
  ): Promise<StillReport>;
  /**
   * Writes the frames that `at` means (see `framePicks`) as raw RGB24, one after the other; no size keeps
   * the displayed one.
   */
  writeFrames(
    path: string,
    frames: FrameRequest,
    outPath: string,
    options?: CallOptions,
  ): Promise<WrittenFrames>;
  /**
   * Measures motion by dense optical flow; see docs/scorer-definitions.md. TOO_SHORT when fewer than two
   * frames are sampled.
   */
  measureFlow(
    path: string,
    settings?: Partial<FlowSettings>,
    options?: CallOptions,
  ): Promise<FlowReport>;
  /**
   * Decodes a long source video once, frame by frame, and writes the numbers by which its cuts are
   * found to `outPath`: one record of doubles a frame, see `content/measurement.ts`. Long videos have
   * their own limits and their own child processes.
   */
  measureContent(
    path: string,
    outPath: string,
    measure: MeasureOptions,
    options?: LongCallOptions,
  ): Promise<ContentMeasurement>;
  /**
   * Writes clips of a long video into an empty folder, by copying coded pictures where that is possible;
   * each is decoded to see that it holds exactly its frames. One answer a request, in order. On an error
   * the folder's content is the caller's to remove.
   */
  cutClips(
    path: string,
    outDir: string,
    clips: readonly ClipRequest[],
    options: ClipOptions,
    call?: LongCallOptions,
  ): Promise<WrittenClip[]>;
  /** Ids of the child processes that are alive. */
  processIds(): number[];
  /** Ends the child processes; calls under way fail. */
  close(): void;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
}

export interface LongCallOptions extends CallOptions {
  /** Called a few times a second. */
  onProgress?: ReportProgress | undefined;
}

export interface FrameRequest {
  at: FramePicks;
  size?: FrameSize;
}

export interface MediaOptions {
  limits?: Partial<MediaLimits>;
  /** For long source videos. */
  rawLimits?: Partial<MediaLimits>;
  /** Child processes at most; they start when first needed and are used again until one fails. */
  processes?: number;
}

/** Opens the door to videos. Call `close` at the end. */
export function createMedia({
  limits = {},
  rawLimits = {},
  processes = 1,
}: MediaOptions = {}): Media {
  const pool = new ProcessPool({ ...DEFAULT_MEDIA_LIMITS, ...limits }, processes);
  // Apart, so that hours of source video do not hold up a clip that someone waits for.
  const rawPool = new ProcessPool({ ...RAW_VIDEO_LIMITS, ...rawLimits }, processes);
  return {
    async inspectVideo(path, options = {}) {
      return videoInfo.parse(await pool.run({ kind: 'inspect', path }, options));
    },
    async renderRendition(path, outPath, profile, transform = {}, options = {}) {
      const whole = { startSeconds: 0, masks: [], ...transform };
      const task = { kind: 'render' as const, path, outPath, profile, transform: whole };
      return renditionReport.parse(await writing(pool, task, options));
    },
    async makePoster(path, outPath, frameCount, options = {}) {
      const task = { kind: 'poster' as const, path, outPath, frameCount };
      return stillReport.parse(await writing(pool, task, options));
    },
    async makeContactSheet(path, outPath, frameCount, options = {}) {
      const task = { kind: 'sheet' as const, path, outPath, frameCount };
      return stillReport.parse(await writing(pool, task, options));
    },
    async writeFrames(path, { at, size }, outPath, options = {}) {
      const task = { kind: 'frames' as const, path, outPath, at, size: size ?? null };
      return writtenFrames.parse(await writing(pool, task, options));
    },
    async measureFlow(path, settings = {}, options = {}) {
      const task = { kind: 'flow' as const, path, settings: flowSettings.parse(settings) };
      return flowReport.parse(await pool.run(task, options));
    },
    async measureContent(path, outPath, measure, options = {}) {
      const task = { kind: 'measure-content' as const, path, outPath, options: measure };
      return contentMeasurement.parse(await writing(rawPool, task, options));
    },
    async cutClips(path, outDir, clips, clipOptions, call = {}) {
      const task = { kind: 'cut-clips' as const, path, outDir, clips, options: clipOptions };
      return writtenClips.parse(await rawPool.run(task, call));
    },
    processIds: () => [...pool.processIds(), ...rawPool.processIds()],
    close() {
      pool.close();
      rawPool.close();
    },
  };
}

/** Runs a task that writes a file, and leaves no part of it behind when it fails. */
async function writing(
  pool: ProcessPool,
  task: Extract<MediaTask, { outPath: string }>,
  options: LongCallOptions,
): Promise<unknown> {
  try {
    return await pool.run(task, options);
  } catch (error) {
    await rm(task.outPath, { force: true });
    throw error;
  }
}
