import { AV_NOPTS_VALUE } from 'node-av/constants';
import { Packet } from 'node-av/lib';
import type { MediaLimits } from '../limits.ts';
import type { ReportProgress } from '../task.ts';
import { openVideo, rationalNumber } from './open-video.ts';

/** The packets of a video track, in the order of the file, by the picture that each shows. */
export interface PacketOrder {
  /** Place of each packet's picture in the order of display. */
  readonly shows: Int32Array;
  readonly isKey: Uint8Array;
  /** Packet of each picture. */
  readonly packetOf: Int32Array;
}

/**
 * Reads all packets without decoding them. Null where a packet does not stand for one picture with a time
 * of its own, as in AVI or with hidden pictures: then pictures cannot be told by packets.
 */
export function readPacketOrder(
  path: string,
  limits: MediaLimits,
  report: ReportProgress,
): PacketOrder | null {
  const times: number[] = [];
  const keys: number[] = [];
  const video = openVideo(path, limits);
  const packet = new Packet();
  packet.alloc();
  try {
    const unitSeconds = rationalNumber(video.stream.timeBase);
    while (video.format.readFrameSync(packet) >= 0) {
      if (packet.streamIndex === video.stream.index) {
        if (packet.pts === AV_NOPTS_VALUE) return null;
        times.push(Number(packet.pts));
        keys.push(packet.isKeyframe ? 1 : 0);
        const seconds = Number(packet.pts) * unitSeconds;
        report({
          frames: times.length,
          seconds,
          totalSeconds: video.statedSeconds?.seconds ?? null,
        });
      }
      packet.unref();
    }
  } finally {
    packet.free();
    video.close();
  }
  const packetOf = Int32Array.from(times.keys()).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  const shows = new Int32Array(times.length);
  for (const [at, packetIndex] of packetOf.entries()) {
    if (at > 0 && times[packetIndex] === times[packetOf[at - 1] ?? 0]) return null;
    shows[packetIndex] = at;
  }
  return { shows, isKey: Uint8Array.from(keys), packetOf };
}

/**
 * Where a copy of the pictures from a keyframe on can end: the largest end, not after the one asked for,
 * up to which no packet is needed that shows a picture after it. Pictures that a keyframe's packet
 * precedes but that are shown before it stay out.
 */
export function closedEnd({ shows, packetOf }: PacketOrder, start: number, end: number): number {
  let closed = start;
  let last = start - 1;
  let count = 0;
  for (let at = packetOf[start] ?? shows.length; at < shows.length; at++) {
    const picture = shows[at] ?? 0;
    if (picture < start) continue;
    if (picture >= end) break;
    count++;
    last = Math.max(last, picture);
    if (last === start + count - 1) closed = last + 1;
  }
  return closed;
}
