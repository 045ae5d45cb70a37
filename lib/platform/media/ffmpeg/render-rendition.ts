import { statSync } from 'node:fs';
import type { MediaLimits } from '../limits.ts';
import { refuse } from '../refusal.ts';
import type { RenditionProfile, RenditionReport, RenditionTransform } from '../video.ts';
import { type DecodedFrame, decodeFrames, newCounts } from './decode-frames.ts';
import { frameRate, VideoWriter } from './encode-video.ts';
import { PictureFilter } from './filter-frames.ts';
import { displaySize } from './inspect-video.ts';
import { type OpenVideo, openVideo } from './open-video.ts';

/**
 * Brings a video to the profile: trims, turns, masks, resizes and centre-crops it, and resamples it
 * in time by the nearest frame. Equal input gives equal bytes.
 *
 * @throws AppError BAD_INPUT; TOO_SHORT when the source ends before the profile's duration
 */
export function renderRendition(
  path: string,
  outPath: string,
  profile: RenditionProfile,
  transform: RenditionTransform,
  limits: MediaLimits,
): RenditionReport {
  const video = openVideo(path, limits);
  const rendition = new Rendition(video, outPath, profile, transform);
  try {
    for (const decoded of decodeFrames(video, limits, newCounts())) {
      if (!rendition.take(decoded)) break;
    }
    return rendition.finish();
  } finally {
    rendition.close();
    video.close();
  }
}

/** One rendition in the making. Output frame k is shown at k / fps after the start. */
class Rendition {
  private readonly video: OpenVideo;
  private readonly outPath: string;
  private readonly profile: RenditionProfile;
  private readonly transform: RenditionTransform;
  private readonly fps: number;
  /** Frames that the profile asks for; null: as many as there are. */
  private readonly wanted: number | null;
  private writer: VideoWriter | null = null;
  private filter: PictureFilter | null = null;
  private geometry: Geometry | null = null;
  private written = 0;
  private used = 0;
  private dropped = 0;
  private endSeconds = 0;

  constructor(
    video: OpenVideo,
    outPath: string,
    profile: RenditionProfile,
    transform: RenditionTransform,
  ) {
    this.video = video;
    this.outPath = outPath;
    this.profile = profile;
    this.transform = transform;
    const rate = frameRate(profile.fps);
    this.fps = rate.num / rate.den;
    this.wanted =
      profile.durationSeconds === null
        ? null
        : Math.max(1, Math.round(profile.durationSeconds * this.fps));
  }

  /** Takes the next source frame; false once the rendition is complete. */
  take({ frame, seconds, durationSeconds }: DecodedFrame): boolean {
    this.endSeconds = seconds + durationSeconds;
    const until = this.outputIndex(this.endSeconds);
    const end = this.wanted === null ? until : Math.min(until, this.wanted);
    if (this.endSeconds <= this.transform.startSeconds) return true;
    if (end <= this.written) {
      this.dropped++;
      return this.wanted === null || this.written < this.wanted;
    }
    if (!this.filter || !this.writer) {
      this.geometry = coverGeometry(displaySize(frame, this.video), this.profile);
      this.filter = new PictureFilter(frame, {
        rotation: this.video.rotation,
        masks: this.transform.masks,
        scaleTo: this.geometry.scaled,
        crop: this.geometry.crop,
        pixelFormat: 'yuv420p',
      });
      this.writer = new VideoWriter(this.outPath, this.profile);
    }
    const picture = this.filter.apply(frame);
    for (; this.written < end; this.written++) this.writer.write(picture);
    this.used++;
    return this.wanted === null || this.written < this.wanted;
  }

  finish(): RenditionReport {
    const { profile, transform, fps } = this;
    const start = transform.startSeconds;
    if (!this.writer || !this.geometry || (this.wanted !== null && this.written < this.wanted)) {
      const asked = profile.durationSeconds ?? 1 / fps;
      throw refuse(
        'TOO_SHORT',
        `The video lasts ${this.endSeconds.toFixed(2)} s; ${(start + asked).toFixed(2)} s are needed.`,
        { seconds: this.endSeconds, neededSeconds: start + asked },
      );
    }
    const frameCount = this.writer.finish();
    return {
      width: profile.width,
      height: profile.height,
      fps,
      frameCount,
      durationSeconds: frameCount / fps,
      bytes: statSync(this.outPath).size,
      done: {
        trimmed: { fromSeconds: start, toSeconds: start + frameCount / fps },
        rotated: this.video.rotation,
        scaled: { from: this.geometry.source, to: this.geometry.scaled },
        cropped: this.geometry.crop,
        masked: transform.masks,
        frameRate: {
          from: this.video.statedFps ?? fps,
          to: fps,
          repeatedFrames: frameCount - this.used,
          droppedFrames: this.dropped,
        },
      },
    };
  }

  close(): void {
    this.filter?.free();
    this.writer?.close();
  }

  /** The output frame that begins nearest to a time of the source. */
  private outputIndex(seconds: number): number {
    // A hair's breadth, so that a frame that ends exactly between two is treated the same always.
    return Math.round((seconds - this.transform.startSeconds) * this.fps + 1e-6);
  }
}

interface Geometry {
  source: { width: number; height: number };
  scaled: { width: number; height: number };
  crop: { left: number; top: number; width: number; height: number };
}

/** Scales the picture until it covers the profile's size, and keeps the centre. */
export function coverGeometry(
  source: { width: number; height: number },
  profile: { width: number; height: number },
): Geometry {
  const factor = Math.max(profile.width / source.width, profile.height / source.height);
  const scaled = {
    width: Math.max(profile.width, evenRound(source.width * factor)),
    height: Math.max(profile.height, evenRound(source.height * factor)),
  };
  return {
    source,
    scaled,
    crop: {
      // Even offsets keep the colour samples of yuv420p where they are.
      left: Math.floor((scaled.width - profile.width) / 4) * 2,
      top: Math.floor((scaled.height - profile.height) / 4) * 2,
      width: profile.width,
      height: profile.height,
    },
  };
}

function evenRound(value: number): number {
  return Math.round(value / 2) * 2;
}
