import { roundHalfEven } from '#lib/core/round-half-even.ts';
import { type FrameRate, framesPerSecond } from './frame-rate.ts';

/** A point on a video's timeline. */
export interface Moment {
  /** Whole microseconds since the start. */
  readonly microseconds: number;
  readonly seconds: number;
  /** The frame at this time if frames were evenly spaced, from 0: what PySceneDetect numbers frames by. */
  readonly frameNumber: number;
}

const MICROSECONDS = 1e6;

export function momentAt(microseconds: number, rate: FrameRate): Moment {
  return momentOf(microseconds / MICROSECONDS, microseconds, rate);
}

/** The end of a video of so many frames: PySceneDetect reads it from the count, not from the last frame. */
export function endOf(frames: number, { numerator, denominator }: FrameRate): Moment {
  const seconds = (frames * denominator) / numerator;
  return momentOf(seconds, roundHalfEven(seconds * MICROSECONDS), { numerator, denominator });
}

export function between(start: Moment, end: Moment, rate: FrameRate): Moment {
  return momentAt(Math.max(0, end.microseconds - start.microseconds), rate);
}

function momentOf(seconds: number, microseconds: number, rate: FrameRate): Moment {
  return { seconds, microseconds, frameNumber: roundHalfEven(seconds * framesPerSecond(rate)) };
}
