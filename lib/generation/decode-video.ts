import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, type ErrorCode } from '#lib/core/errors.ts';
import type { VideoInfo } from '#lib/platform/media/video.ts';
import type { RunPlatform } from './run-platform.ts';
import type { FileAtHand, FileSet } from './sources/file-set.ts';
import { stagingDir } from './sources/open-file-set.ts';

/** What is written down about a file: what decoding found, or why it was refused. */
export type VideoVerdict = AcceptedVideo | RefusedVideo;

interface AcceptedVideo {
  state: 'accepted';
  reason: null;
  hash: string;
  bytes: bigint;
  width: number;
  height: number;
  fps: number;
  durationSeconds: number;
  frameCount: number;
  codec: string;
  hasAudio: boolean;
  posterHash: string;
  sheetHash: string;
}

interface RefusedVideo {
  state: 'refused';
  reason: string;
  /** Of the bytes that were refused, so that the same ones are not tried again. */
  hash: string | null;
  bytes: bigint | null;
}

/** Errors that speak about the file. Others (a full disk, a lost database) stop the import instead. */
const FAULTS_OF_THE_FILE: readonly ErrorCode[] = [
  'BAD_INPUT',
  'NOT_FOUND',
  'FORBIDDEN',
  'TOO_LARGE',
];

/** Decodes one file of an import, makes its stills and keeps the original under its hash. */
export async function decodeVideo(
  platform: RunPlatform,
  files: FileSet,
  path: string,
  signal: AbortSignal,
): Promise<VideoVerdict> {
  let file: FileAtHand | undefined;
  try {
    return await files.withFile(path, async (atHand) => {
      file = atHand;
      return accept(platform, atHand, signal);
    });
  } catch (error) {
    if (!(error instanceof AppError) || !FAULTS_OF_THE_FILE.includes(error.code)) throw error;
    return {
      state: 'refused',
      reason: error.message,
      hash: file?.hash ?? null,
      bytes: file ? BigInt(file.bytes) : null,
    };
  }
}

/** A decoder may also end for want of memory on a busy machine: only a second crash is the file's. */
async function inspectTwice(
  media: RunPlatform['media'],
  path: string,
  signal: AbortSignal,
): Promise<VideoInfo> {
  try {
    return await media.inspectVideo(path, { signal });
  } catch (error) {
    if (!(error instanceof AppError) || error.data.reason !== 'CRASHED') throw error;
    return media.inspectVideo(path, { signal });
  }
}

async function accept(
  { media, blobs, environment }: RunPlatform,
  { localPath, hash, bytes }: FileAtHand,
  signal: AbortSignal,
): Promise<AcceptedVideo> {
  const info = await inspectTwice(media, localPath, signal);
  const folder = stagingDir(environment);
  await mkdir(folder, { recursive: true });
  const still = join(folder, randomUUID());
  const poster = `${still}-poster.webp`;
  const sheet = `${still}-sheet.webp`;
  try {
    await media.makePoster(localPath, poster, info.frameCount, { signal });
    await media.makeContactSheet(localPath, sheet, info.frameCount, { signal });
    await blobs.putFile(localPath);
    const [posterBlob, sheetBlob] = [await blobs.putFile(poster), await blobs.putFile(sheet)];
    return {
      state: 'accepted',
      reason: null,
      hash,
      bytes: BigInt(bytes),
      width: info.width,
      height: info.height,
      fps: info.fps,
      durationSeconds: info.durationSeconds,
      frameCount: info.frameCount,
      codec: info.codec,
      hasAudio: info.hasAudio,
      posterHash: posterBlob.hash,
      sheetHash: sheetBlob.hash,
    };
  } finally {
    await rm(poster, { force: true });
    await rm(sheet, { force: true });
  }
}
