/** What a foreign video may ask of us before it is refused. */
export interface MediaLimits {
  /** Bytes of the file. */
  maxBytes: number;
  /** Pixels of the longer side. */
  maxSidePixels: number;
  /** Pixels of one picture (width x height). */
  maxPicturePixels: number;
  maxDurationSeconds: number;
  /** Frames that are really decoded. */
  maxFrames: number;
  /** Share of the frames that may be missing or damaged, in [0, 1]. */
  maxBrokenShare: number;
  /** Wall-clock seconds for one task, after which its process is killed. */
  taskSeconds: number;
  /** Wall-clock seconds that a task which reports progress may be silent; null does not watch. */
  silentSeconds: number | null;
  /** Memory of the process that decodes, in MiB, after which it is killed. */
  memoryMebibytes: number;
}

/** Generous for generated clips, tight enough that no file holds a worker for long. */
export const DEFAULT_MEDIA_LIMITS: MediaLimits = {
  maxBytes: 4 * 1024 ** 3,
  maxSidePixels: 8192,
  maxPicturePixels: 40_000_000,
  maxDurationSeconds: 600,
  maxFrames: 36_000,
  maxBrokenShare: 0.05,
  taskSeconds: 300,
  silentSeconds: null,
  memoryMebibytes: 2048,
};

/**
 * For long source videos that are read once, frame by frame: hours instead of minutes, and a watch on
 * progress in place of a short limit on time.
 */
export const RAW_VIDEO_LIMITS: MediaLimits = {
  ...DEFAULT_MEDIA_LIMITS,
  maxBytes: 256 * 1024 ** 3,
  maxDurationSeconds: 6 * 3600,
  maxFrames: 6 * 3600 * 60,
  taskSeconds: 12 * 3600,
  silentSeconds: 120,
};
