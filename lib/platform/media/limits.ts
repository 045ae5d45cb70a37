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
  memoryMebibytes: 2048,
};
