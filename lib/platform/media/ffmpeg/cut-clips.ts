import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import type { ClipOptions, ClipRequest, WrittenClip } from '../clips.ts';
import type { MediaLimits } from '../limits.ts';
import type { ReportProgress } from '../task.ts';
import { copyClips, copyContainer } from './copy-clips.ts';
import { decodeFrames, newCounts } from './decode-frames.ts';
import { encodeClips } from './encode-clips.ts';
import { displaySize } from './inspect-video.ts';
import { openVideo } from './open-video.ts';
import { closedEnd, type PacketOrder, readPacketOrder } from './packet-order.ts';

/**
 * Writes clips of a video into a folder, by copying where that is possible, and decodes each of them to
 * see that it holds exactly its frames. A copy that does not is coded anew, where that is allowed.
 *
 * @param requests in order, without overlap
 * @throws AppError BAD_INPUT about the video
 */
export function cutClips(
  path: string,
  outDir: string,
  requests: readonly ClipRequest[],
  options: ClipOptions,
  limits: MediaLimits,
  report: ReportProgress,
): WrittenClip[] {
  const fps = statedFps(path, limits);
  const order = requests.some(({ how }) => how === 'copy')
    ? copyableOrder(path, options, limits, report)
    : null;
  const done = new Map<ClipRequest, WrittenClip>();
  const put = (request: ClipRequest, range: { start: number; end: number }, file: string) => {
    const isReencoded = request.how === 'encode' || !copied.has(request);
    const size = checkedSize(join(outDir, file), range.end - range.start, limits, report);
    if (size) done.set(request, { ...range, file, ...size, fps, isReencoded });
    else rmSync(join(outDir, file), { force: true });
  };

  const copied = new Map<ClipRequest, { start: number; end: number }>();
  for (const request of requests) {
    const range = request.how === 'copy' && order ? copyRange(order, request, options) : null;
    if (range) copied.set(request, range);
  }
  if (order && copied.size > 0) {
    const names = copyClips(path, outDir, [...copied.values()], order, limits, report);
    [...copied].forEach(([request, range], at) => {
      const name = names[at];
      if (name !== undefined) put(request, range, name);
    });
  }

  const rest = requests.filter(
    (request) => !done.has(request) && (request.how === 'encode' || options.mayEncode),
  );
  for (const request of rest) copied.delete(request);
  if (rest.length > 0) {
    const names = encodeClips(path, outDir, rest, options.crf, limits, report);
    rest.forEach((request, at) => {
      const { start, end } = request;
      const name = names[at];
      if (name !== undefined) put(request, { start, end }, name);
    });
  }

  return requests.map((request) => {
    const { start, end } = request;
    const missing = { start, end, file: null, width: 0, height: 0, fps, isReencoded: false };
    return done.get(request) ?? missing;
  });
}

function statedFps(path: string, limits: MediaLimits): number {
  const video = openVideo(path, limits);
  try {
    return video.statedFps ?? 25;
  } finally {
    video.close();
  }
}

/** The packets in order, if clips can be copied from this file at all. */
function copyableOrder(
  path: string,
  { frameCount }: ClipOptions,
  limits: MediaLimits,
  report: ReportProgress,
): PacketOrder | null {
  const video = openVideo(path, limits);
  const isCopyable = copyContainer(video.codecName) !== null;
  video.close();
  if (!isCopyable) return null;
  const order = readPacketOrder(path, limits, report);
  return order?.shows.length === frameCount ? order : null;
}

function copyRange(order: PacketOrder, { start, end }: ClipRequest, { minFrames }: ClipOptions) {
  if (order.isKey[order.packetOf[start] ?? -1] !== 1) return null;
  const closed = closedEnd(order, start, end);
  return closed - start >= Math.max(1, minFrames) ? { start, end: closed } : null;
}

/** The displayed size of a clip that decodes to exactly so many sound frames, else null. */
function checkedSize(
  path: string,
  frames: number,
  limits: MediaLimits,
  report: ReportProgress,
): { width: number; height: number } | null {
  try {
    const video = openVideo(path, limits);
    try {
      const counts = newCounts();
      let size: { width: number; height: number } | null = null;
      for (const { frame, index, seconds } of decodeFrames(video, limits, counts)) {
        size ??= displaySize(frame, video);
        report({ frames: index + 1, seconds, totalSeconds: null });
      }
      return counts.frames === frames && counts.broken === 0 ? size : null;
    } finally {
      video.close();
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'BAD_INPUT') return null;
    throw error;
  }
}
