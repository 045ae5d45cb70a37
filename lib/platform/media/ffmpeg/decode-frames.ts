import {
  AV_FRAME_FLAG_CORRUPT,
  AV_NOPTS_VALUE,
  AVERROR_EAGAIN,
  AVERROR_ENOMEM,
  AVERROR_EOF,
} from 'node-av/constants';
import { CodecContext, FFmpegError, Frame, Packet } from 'node-av/lib';
import type { MediaLimits } from '../limits.ts';
import { refuse } from '../refusal.ts';
import { checkSize, type OpenVideo, rationalNumber, tooLong, tooManyFrames } from './open-video.ts';
import { setOption } from './set-option.ts';

/** One decoded picture. `frame` is reused: it is valid until the next one is asked for. */
export interface DecodedFrame {
  frame: Frame;
  index: number;
  /** Seconds since the first frame. */
  seconds: number;
  /** How long it is shown. */
  durationSeconds: number;
}

/** Counts of one decoding run, filled while it goes. */
export interface DecodeCounts {
  frames: number;
  packets: number;
  /** Packets that the decoder refused and frames that it marked as damaged. */
  broken: number;
}

export function newCounts(): DecodeCounts {
  return { frames: 0, packets: 0, broken: 0 };
}

/**
 * Decodes a video from its first frame to its last, in display order.
 *
 * @throws AppError BAD_INPUT: TOO_LONG, TOO_MANY_FRAMES, TOO_WIDE, SIZE_CHANGES, BROKEN
 */
export function* decodeFrames(
  video: OpenVideo,
  limits: MediaLimits,
  counts: DecodeCounts,
): Generator<DecodedFrame> {
  const decoder = new CodecContext();
  const packet = new Packet();
  const frame = new Frame();
  try {
    decoder.allocContext3(video.codec);
    decoder.parametersToContext(video.stream.codecpar);
    decoder.pktTimebase = video.stream.timeBase;
    decoder.threadCount = 2;
    // Not as a dictionary: node-av 6.1.1 frees one twice when `open2` has taken all its entries.
    setOption(decoder, 'max_pixels', limits.maxPicturePixels);
    if (decoder.open2Sync(video.codec) < 0) {
      throw refuse('BROKEN', 'The video track is damaged: its decoder cannot start.');
    }
    packet.alloc();
    frame.alloc();
    const clock = new FrameClock(video, limits);
    for (let ended = false; !ended; ) {
      ended = !feed(video, decoder, packet, counts);
      while (receive(decoder, frame, counts)) {
        if (counts.frames >= limits.maxFrames) throw tooManyFrames(counts.frames + 1, limits);
        clock.checkPicture(frame);
        const times = clock.tick(frame, counts.frames);
        yield { frame, index: counts.frames, ...times };
        counts.frames++;
        frame.unref();
      }
    }
  } finally {
    frame.free();
    packet.free();
    decoder.freeContext();
  }
}

/** Reads the next packet of the track into the decoder; false at the end, when it was told to drain. */
function feed(
  video: OpenVideo,
  decoder: CodecContext,
  packet: Packet,
  counts: DecodeCounts,
): boolean {
  while (video.format.readFrameSync(packet) >= 0) {
    const ours = packet.streamIndex === video.stream.index;
    if (ours) {
      counts.packets++;
      const sent = decoder.sendPacketSync(packet);
      if (sent < 0) countBroken(sent, counts);
    }
    packet.unref();
    if (ours) return true;
  }
  decoder.sendPacketSync(null);
  return false;
}

/** Takes one frame from the decoder; false when it wants another packet or has no more. */
function receive(decoder: CodecContext, frame: Frame, counts: DecodeCounts): boolean {
  for (;;) {
    const result = decoder.receiveFrameSync(frame);
    if (result === AVERROR_EAGAIN || result === AVERROR_EOF) return false;
    if (result >= 0) {
      if (frame.hasFlags(AV_FRAME_FLAG_CORRUPT) || frame.decodeErrorFlags !== 0) counts.broken++;
      return true;
    }
    countBroken(result, counts);
    if (counts.broken > counts.packets + 64) return false;
  }
}

function countBroken(code: number, counts: DecodeCounts): void {
  if (code === AVERROR_ENOMEM) throw new FFmpegError(code);
  counts.broken++;
}

/** Turns the container's timestamps into seconds since the first frame and holds the limits. */
class FrameClock {
  private readonly limits: MediaLimits;
  private readonly unitSeconds: number;
  private readonly frameSeconds: number;
  private first: number | null = null;
  private previous = Number.NEGATIVE_INFINITY;
  private size: { width: number; height: number } | null = null;

  constructor(video: OpenVideo, limits: MediaLimits) {
    this.limits = limits;
    this.unitSeconds = rationalNumber(video.stream.timeBase);
    this.frameSeconds = 1 / (video.statedFps ?? 25);
  }

  checkPicture(frame: Frame): void {
    const { width, height } = frame;
    this.size ??= { width, height };
    if (this.size.width === width && this.size.height === height) return;
    checkSize(width, height, this.limits);
    throw refuse(
      'SIZE_CHANGES',
      `The picture changes from ${this.size.width} x ${this.size.height} to ${width} x ${height}; ` +
        'send a video of one size.',
    );
  }

  tick(frame: Frame, index: number): { seconds: number; durationSeconds: number } {
    const stamp = frame.bestEffortTimestamp;
    const stated = stamp === AV_NOPTS_VALUE ? null : Number(stamp) * this.unitSeconds;
    const raw = stated ?? (this.first ?? 0) + index * this.frameSeconds;
    this.first ??= raw;
    // Stamps that stand still or go back (some AVI and MPEG files) are moved on by one frame.
    const seconds =
      raw - this.first > this.previous ? raw - this.first : this.previous + this.frameSeconds;
    this.previous = seconds;
    if (seconds > this.limits.maxDurationSeconds) throw tooLong(seconds, this.limits);
    const held = Number(frame.duration) * this.unitSeconds;
    const durationSeconds = held > 0 ? held : this.frameSeconds;
    if (seconds + durationSeconds > this.limits.maxDurationSeconds + 1) {
      throw tooLong(seconds + durationSeconds, this.limits);
    }
    return { seconds, durationSeconds };
  }
}
