import type { AVPixelFormat } from 'node-av/constants';
import { AV_PIX_FMT_NONE } from 'node-av/constants';
import { avGetPixFmtName, type Frame } from 'node-av/lib';
import type { MediaLimits } from '../limits.ts';
import { refuse } from '../refusal.ts';
import type { VideoInfo } from '../video.ts';
import { type DecodeCounts, decodeFrames, newCounts } from './decode-frames.ts';
import { type OpenVideo, openVideo, rationalNumber } from './open-video.ts';

/**
 * Decodes the whole file and says what it holds.
 *
 * @throws AppError BAD_INPUT with `data.reason` when the file is hostile, cut short or broken
 */
export function inspectVideo(path: string, limits: MediaLimits): VideoInfo {
  const video = openVideo(path, limits);
  try {
    const counts = newCounts();
    let last = { seconds: 0, durationSeconds: 0 };
    let picture = { width: 0, height: 0, format: AV_PIX_FMT_NONE as AVPixelFormat };
    for (const { frame, index, seconds, durationSeconds } of decodeFrames(video, limits, counts)) {
      if (index === 0) {
        picture = { ...displaySize(frame, video), format: frame.format as AVPixelFormat };
      }
      last = { seconds, durationSeconds };
    }
    checkWhole(video, counts, last.seconds + last.durationSeconds, limits);
    const measured = last.seconds > 0 ? (counts.frames - 1) / last.seconds : null;
    return {
      container: video.container,
      codec: video.codecName,
      pixelFormat: avGetPixFmtName(picture.format) ?? 'unknown',
      width: picture.width,
      height: picture.height,
      rotation: video.rotation,
      fps: video.statedFps ?? measured ?? 1,
      frameCount: counts.frames,
      durationSeconds: Math.round((last.seconds + last.durationSeconds) * 1e6) / 1e6,
      hasAudio: video.hasAudio,
    };
  } finally {
    video.close();
  }
}

/** Size as a player shows it: square pixels, turned. The stored height is kept before the turn. */
export function displaySize(frame: Frame, video: OpenVideo): { width: number; height: number } {
  const ratio = rationalNumber(frame.sampleAspectRatio);
  const stretch = ratio >= 0.1 && ratio <= 10 ? ratio : 1;
  const width = Math.max(1, Math.round(frame.width * stretch));
  return video.rotation === 90 || video.rotation === 270
    ? { width: frame.height, height: width }
    : { width, height: frame.height };
}

/** The rules by which a file is called cut short or broken. */
export function checkWhole(
  video: OpenVideo,
  counts: DecodeCounts,
  seconds: number,
  limits: MediaLimits,
): void {
  const { frames } = counts;
  if (frames === 0) {
    throw refuse('NO_FRAMES', 'No frame of the video could be decoded; send the file again.');
  }
  const stated = video.statedFrames;
  if (stated !== null && stated - frames > Math.max(1, stated * limits.maxBrokenShare)) {
    throw refuse(
      'TRUNCATED',
      `The file ends after ${frames} of ${stated} frames; send the whole file.`,
      { frames, statedFrames: stated },
    );
  }
  const length = video.statedSeconds;
  // A length that is stated for the whole file may be that of a longer sound track.
  const leastShare = video.hasAudio && !length?.ofTrack ? 0.5 : 1 - limits.maxBrokenShare;
  if (stated === null && length && seconds < length.seconds * leastShare - 0.1) {
    throw refuse(
      'TRUNCATED',
      `The file ends after ${seconds.toFixed(2)} s of ${length.seconds.toFixed(2)} s; send the whole file.`,
      { seconds, statedSeconds: length.seconds },
    );
  }
  if (counts.broken > Math.max(1, frames * limits.maxBrokenShare)) {
    throw refuse(
      'BROKEN',
      `${counts.broken} of ${Math.max(frames, counts.packets)} frames are damaged; send the file again.`,
      { broken: counts.broken, frames },
    );
  }
  if (frames === 1) {
    throw refuse('PICTURE', 'The file holds a single frame; send a video of two frames or more.');
  }
}
