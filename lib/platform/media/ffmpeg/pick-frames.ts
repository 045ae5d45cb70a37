import { AV_PKT_FLAG_DISCARD } from 'node-av/constants';
import { Packet } from 'node-av/lib';
import type { FramePicks } from '../frames.ts';
import type { MediaLimits } from '../limits.ts';
import { type DecodedFrame, decodeFrames, newCounts } from './decode-frames.ts';
import { type OpenVideo, openVideo } from './open-video.ts';

/** Times that meet exactly between two frames go to the earlier one, whatever the last digit says. */
const SAME_SECONDS = 1e-6;

export interface PickedFrame extends DecodedFrame {
  /** How often it is meant. */
  times: number;
  video: OpenVideo;
}

/**
 * Decodes a video up to the last frame that is meant, and gives out those that are.
 *
 * The number of frames that a list or `uniform` goes by is that of the track's packets, counted without
 * decoding; where decoding then gives fewer, what is left goes to the last frame.
 */
export function* pickFrames(
  path: string,
  picks: FramePicks,
  limits: MediaLimits,
): Generator<PickedFrame> {
  if (!Array.isArray(picks) && !('uniform' in picks)) {
    yield* pickByTime(path, picks, limits);
    return;
  }
  const counted = withVideo(path, limits, countPackets);
  const wanted = indicesOf(picks, counted);
  let done = 0;
  let decoded = 0;
  for (const picked of decodeAt(path, wanted, limits)) {
    done += picked.times;
    decoded = picked.index + 1;
    yield picked;
  }
  if (done === wanted.length) return;
  decoded = Math.max(decoded, countDecoded(path, limits));
  for (const picked of decodeAt(path, [decoded - 1], limits)) {
    yield { ...picked, times: wanted.length - done };
  }
}

/** Positions in a video of `count` frames, in order; see `framePicks`. */
export function indicesOf(
  picks: Extract<FramePicks, readonly unknown[] | { uniform: number }>,
  count: number,
): number[] {
  const last = Math.max(0, count - 1);
  const at = (fraction: number) => Math.min(last, Math.floor(fraction * count));
  if (!Array.isArray(picks)) {
    const parts = picks.uniform;
    return Array.from({ length: parts }, (_, part) => at((part + 0.5) / parts));
  }
  const named = { first: 0, middle: 0.5, last: 1 };
  return picks
    .map((pick) => at(typeof pick === 'number' ? pick : named[pick]))
    .toSorted((a, b) => a - b);
}

function* decodeAt(
  path: string,
  wanted: readonly number[],
  limits: MediaLimits,
): Generator<PickedFrame> {
  const video = openVideo(path, limits);
  let next = 0;
  try {
    for (const decoded of decodeFrames(video, limits, newCounts())) {
      const from = next;
      while (wanted[next] === decoded.index) next++;
      if (next > from) yield { ...decoded, times: next - from, video };
      if (next === wanted.length) return;
    }
  } finally {
    video.close();
  }
}

function* pickByTime(
  path: string,
  picks: { seconds: readonly number[] } | { framesPerSecond: number },
  limits: MediaLimits,
): Generator<PickedFrame> {
  const listed = 'seconds' in picks ? picks.seconds.toSorted((a, b) => a - b) : null;
  const rate = 'seconds' in picks ? 1 : picks.framesPerSecond;
  const timeOf = (at: number) => (listed ? (listed[at] ?? Number.POSITIVE_INFINITY) : at / rate);
  const video = openVideo(path, limits);
  let next = 0;
  let lastIndex = -1;
  try {
    for (const decoded of decodeFrames(video, limits, newCounts())) {
      lastIndex = decoded.index;
      const until = decoded.seconds + decoded.durationSeconds / 2 + SAME_SECONDS;
      const from = next;
      while (timeOf(next) <= until) next++;
      if (next > from) yield { ...decoded, times: listed ? next - from : 1, video };
      if (listed && next >= listed.length) return;
    }
  } finally {
    video.close();
  }
  if (!listed || lastIndex < 0) return;
  for (const picked of decodeAt(path, [lastIndex], limits)) {
    yield { ...picked, times: listed.length - next };
  }
}

/** Packets of the track that will be shown. */
function countPackets(video: OpenVideo): number {
  const packet = new Packet();
  packet.alloc();
  let count = 0;
  try {
    while (video.format.readFrameSync(packet) >= 0) {
      const isShown = !packet.hasFlags(AV_PKT_FLAG_DISCARD);
      if (packet.streamIndex === video.stream.index && isShown) count++;
      packet.unref();
    }
    return count;
  } finally {
    packet.free();
  }
}

function countDecoded(path: string, limits: MediaLimits): number {
  return withVideo(path, limits, (video) => {
    const counts = newCounts();
    for (const _ of decodeFrames(video, limits, counts));
    return counts.frames;
  });
}

function withVideo<Result>(
  path: string,
  limits: MediaLimits,
  work: (video: OpenVideo) => Result,
): Result {
  const video = openVideo(path, limits);
  try {
    return work(video);
  } finally {
    video.close();
  }
}
