import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import {
  AV_CODEC_ID_NONE,
  AV_PKT_DATA_DISPLAYMATRIX,
  AVDISCARD_ALL,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import type { Rational, Stream } from 'node-av/lib';
import { avGetCodecName, Codec, Dictionary, FormatContext, InputFormat } from 'node-av/lib';
import type { MediaLimits } from '../limits.ts';
import { refuse } from '../refusal.ts';
import { type ContainerName, SNIFF_BYTES, sniffContainer } from '../sniff-container.ts';

/** Decoders that may run on foreign bytes; everything else in FFmpeg stays shut. */
const DECODERS = new Set(
  (
    'h264 hevc vp8 vp9 libvpx libvpx-vp9 av1 libdav1d mpeg1video mpeg2video mpeg4 msmpeg4v1 msmpeg4v2 ' +
    'msmpeg4 wmv1 wmv2 h263 flv mjpeg gif theora prores ffv1 huffyuv ffvhuff utvideo rawvideo png qtrle dvvideo cinepak'
  ).split(' '),
);

export type Rotation = 0 | 90 | 180 | 270;

/** A video file that is open for decoding; close it with `close`. */
export interface OpenVideo {
  format: FormatContext;
  stream: Stream;
  codec: Codec;
  codecName: string;
  container: ContainerName;
  rotation: Rotation;
  /** Frames a second as the container says; null where it does not say. */
  statedFps: number | null;
  /** Frames as the container says; null where it does not say. */
  statedFrames: number | null;
  /** Length as the container says, of this track or of the whole file; null where it does not say. */
  statedSeconds: { seconds: number; ofTrack: boolean } | null;
  hasAudio: boolean;
  close(): void;
}

/**
 * Opens one video file with everything shut that could lead elsewhere: the file protocol alone, one
 * demuxer chosen by the file's own first bytes, no external references, a fixed list of decoders.
 *
 * @throws AppError BAD_INPUT with a reason
 */
export function openVideo(path: string, limits: MediaLimits): OpenVideo {
  const container = sniffFile(path, limits);
  const format = new FormatContext();
  const options = Dictionary.fromObject({
    protocol_whitelist: 'file',
    format_whitelist: container === 'mov' ? 'mov,mp4,m4a,3gp,3g2,mj2' : container,
    codec_whitelist: [...DECODERS].join(','),
    max_streams: 32,
    ...(container === 'mov' ? { enable_drefs: 0, use_absolute_path: 0 } : {}),
  });
  let open = false;
  try {
    // The prefix keeps a name such as `concat:a|b` or `http://...` from being taken for a protocol.
    const opened = format.openInputSync(
      `file:${path}`,
      InputFormat.findInputFormat(container),
      options,
    );
    if (opened < 0) throw unreadable(container);
    open = true;
    checkSizes(format, limits);
    format.findStreamInfoSync();
    return chooseTrack(format, container, limits);
  } catch (error) {
    if (open) format.closeInputSync();
    throw error;
  } finally {
    options.free();
  }
}

function chooseTrack(
  format: FormatContext,
  container: ContainerName,
  limits: MediaLimits,
): OpenVideo {
  const index = format.findBestStream(AVMEDIA_TYPE_VIDEO);
  const streams = format.streams;
  const stream = streams[index];
  if (index < 0 || !stream) {
    throw refuse('NO_VIDEO', 'The file holds no video track; send a file with a picture.');
  }
  checkSizes(format, limits);
  for (const other of streams) if (other.index !== index) other.discard = AVDISCARD_ALL;
  const codecId = stream.codecpar.codecId;
  const codecName = (codecId === AV_CODEC_ID_NONE ? null : avGetCodecName(codecId)) ?? 'unknown';
  const codec = Codec.findDecoder(codecId);
  if (!codec || !DECODERS.has(codec.name ?? '')) {
    throw refuse(
      'UNSUPPORTED_CODEC',
      `The video is coded as ${codecName}, which is not taken; send H.264, H.265, VP9, AV1 or MPEG-4.`,
    );
  }
  const streamSeconds = Number(stream.duration) * rationalNumber(stream.timeBase);
  const containerSeconds = Number(format.duration) / 1e6;
  const longest = Math.max(streamSeconds, containerSeconds);
  if (longest > limits.maxDurationSeconds) throw tooLong(longest, limits);
  // An AVI counts repeated frames too, which hold no data.
  const statedFrames = container === 'mov' && stream.nbFrames > 0n ? Number(stream.nbFrames) : null;
  if (statedFrames !== null && statedFrames > limits.maxFrames) {
    throw tooManyFrames(statedFrames, limits);
  }
  const rates = [stream.avgFrameRate, stream.rFrameRate].map(rationalNumber);
  return {
    format,
    stream,
    codec,
    codecName,
    container,
    rotation: rotationOf(stream),
    statedFps: rates.find((rate) => rate >= 0.1 && rate <= 1000) ?? null,
    statedFrames,
    statedSeconds:
      streamSeconds > 0
        ? { seconds: streamSeconds, ofTrack: true }
        : containerSeconds > 0
          ? { seconds: containerSeconds, ofTrack: false }
          : null,
    hasAudio: streams.some((other) => other.codecpar.codecType === AVMEDIA_TYPE_AUDIO),
    close: () => format.closeInputSync(),
  };
}

function sniffFile(path: string, limits: MediaLimits): ContainerName {
  // Not waiting for the other end, if this should be a pipe.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw refuse('NOT_A_FILE', 'This is not a plain file; send a video file.');
    if (stat.size > limits.maxBytes) {
      throw refuse(
        'TOO_BIG',
        `The file has ${stat.size} bytes; at most ${limits.maxBytes} bytes are taken.`,
      );
    }
    const head = Buffer.alloc(SNIFF_BYTES);
    return sniffContainer(head.subarray(0, readSync(file, head, 0, SNIFF_BYTES, 0)));
  } finally {
    closeSync(file);
  }
}

function unreadable(container: ContainerName) {
  return container === 'mov'
    ? refuse(
        'TRUNCATED',
        'The file has no readable index (the moov box): it is cut short or damaged; send the whole file.',
      )
    : refuse('BROKEN', 'The file is damaged: its header cannot be read; send the file again.');
}

/** Refuses pictures beyond the limits, of every video track. */
function checkSizes(format: FormatContext, limits: MediaLimits): void {
  for (const stream of format.streams) {
    if (stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO) {
      checkSize(stream.codecpar.width, stream.codecpar.height, limits);
    }
  }
}

export function checkSize(width: number, height: number, limits: MediaLimits): void {
  const side = Math.max(width, height);
  if (side > limits.maxSidePixels || width * height > limits.maxPicturePixels) {
    throw refuse(
      'TOO_WIDE',
      `The picture is ${width} x ${height}; at most ${limits.maxSidePixels} pixels a side and ` +
        `${limits.maxPicturePixels} pixels in all are taken.`,
      { width, height },
    );
  }
}

export function tooLong(seconds: number, limits: MediaLimits) {
  return refuse(
    'TOO_LONG',
    `The video lasts ${Math.round(seconds)} s; at most ${limits.maxDurationSeconds} s are taken.`,
    { seconds },
  );
}

export function tooManyFrames(frames: number, limits: MediaLimits) {
  return refuse(
    'TOO_MANY_FRAMES',
    `The video has ${frames} frames or more; at most ${limits.maxFrames} are taken.`,
    { frames },
  );
}

export function rationalNumber(value: Rational): number {
  return value.den === 0 ? 0 : value.num / value.den;
}

/** Clockwise quarter turns of the display matrix (nine 16.16 numbers, row by row); others are ignored. */
function rotationOf(stream: Stream): Rotation {
  const matrix = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  if (!matrix || matrix.length < 36) return 0;
  const degrees = (Math.atan2(matrix.readInt32LE(4), matrix.readInt32LE(0)) * 180) / Math.PI;
  const turn = (Math.round(degrees / 90) * 90 + 360) % 360;
  return turn === 90 || turn === 180 || turn === 270 ? turn : 0;
}
