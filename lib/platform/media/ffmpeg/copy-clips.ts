import { join } from 'node:path';
import { AVFMT_FLAG_BITEXACT } from 'node-av/constants';
import { FFmpegError, FormatContext, Packet, type Stream } from 'node-av/lib';
import { clipFileName } from '../clips.ts';
import type { MediaLimits } from '../limits.ts';
import type { ReportProgress } from '../task.ts';
import { type OpenVideo, openVideo } from './open-video.ts';
import type { PacketOrder } from './packet-order.ts';
import { setOption } from './set-option.ts';

/** Codecs whose packets can go to another file as they are, and the container that players take. */
const COPY_TO: Readonly<Record<string, 'mp4' | 'webm'>> = {
  h264: 'mp4',
  hevc: 'mp4',
  av1: 'mp4',
  vp8: 'webm',
  vp9: 'webm',
};

export function copyContainer(codecName: string): 'mp4' | 'webm' | null {
  return COPY_TO[codecName] ?? null;
}

/** Frames in display order, from a keyframe up to a closed end. */
export interface CopyRange {
  start: number;
  end: number;
}

/**
 * Writes clips by copying packets, in one pass over the file: no sound, no metadata. The ranges are in
 * order and do not overlap. Returns the files' names.
 */
export function copyClips(
  path: string,
  outDir: string,
  ranges: readonly CopyRange[],
  order: PacketOrder,
  limits: MediaLimits,
  report: ReportProgress,
): string[] {
  const video = openVideo(path, limits);
  const packet = new Packet();
  packet.alloc();
  const names: string[] = [];
  let writer: PacketWriter | null = null;
  try {
    const container = copyContainer(video.codecName) ?? 'mp4';
    let at = 0;
    let current = 0;
    while (current < ranges.length && video.format.readFrameSync(packet) >= 0) {
      if (packet.streamIndex !== video.stream.index) {
        packet.unref();
        continue;
      }
      const range = ranges[current];
      const picture = order.shows[at] ?? -1;
      const isIn = range && at >= (order.packetOf[range.start] ?? 0);
      if (range && isIn && picture >= range.start && picture < range.end) {
        if (!writer) {
          const name = clipFileName(range.start, range.end, container);
          names.push(name);
          writer = new PacketWriter(join(outDir, name), container, video, packet.pts);
        }
        writer.write(packet);
        if (writer.packets === range.end - range.start) {
          writer.finish();
          writer = null;
          current++;
        }
      }
      packet.unref();
      at++;
      report({ frames: at, seconds: 0, totalSeconds: null });
    }
    return names;
  } finally {
    writer?.close();
    packet.free();
    video.close();
  }
}

/** One file of copied packets whose times begin at zero. */
class PacketWriter {
  packets = 0;
  private readonly format = new FormatContext();
  private readonly stream: Stream;
  private readonly video: OpenVideo;
  private readonly origin: bigint;

  constructor(path: string, container: 'mp4' | 'webm', video: OpenVideo, origin: bigint) {
    this.video = video;
    this.origin = origin;
    const { format } = this;
    FFmpegError.throwIfError(format.allocOutputContext2(null, container, path), 'prepare a clip');
    format.setFlags(AVFMT_FLAG_BITEXACT);
    this.stream = format.newStream();
    FFmpegError.throwIfError(video.stream.codecpar.copy(this.stream.codecpar), 'describe a clip');
    this.stream.codecpar.codecTag = 0;
    this.stream.timeBase = video.stream.timeBase;
    this.stream.avgFrameRate = video.stream.avgFrameRate;
    this.stream.sampleAspectRatio = video.stream.sampleAspectRatio;
    FFmpegError.throwIfError(format.openOutputSync(), 'create a clip');
    if (container === 'mp4') {
      setOption(format, 'movflags', '+faststart');
      setOption(format, 'empty_hdlr_name', 1);
    }
    FFmpegError.throwIfError(format.writeHeaderSync(), 'write the header of a clip');
  }

  write(packet: Packet): void {
    packet.pts -= this.origin;
    packet.dts -= this.origin;
    packet.streamIndex = this.stream.index;
    packet.rescaleTs(this.video.stream.timeBase, this.stream.timeBase);
    FFmpegError.throwIfError(this.format.interleavedWriteFrameSync(packet), 'write a frame');
    this.packets++;
  }

  finish(): void {
    FFmpegError.throwIfError(this.format.writeTrailerSync(), 'finish a clip');
    this.close();
  }

  close(): void {
    this.format.closeOutputSync();
    this.format.freeContext();
  }
}
