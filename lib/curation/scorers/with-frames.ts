import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WrittenFrames } from '#lib/platform/media/frames.ts';
import type { FrameRequest } from '#lib/platform/media/media.ts';
import type { FramesFile } from '#lib/platform/models/models.ts';
import type { ScorerPlatform } from './scorer.ts';

/** Hands frames of a clip to `use`, in a file that is gone afterwards. */
export async function withFrames<Result>(
  platform: Pick<ScorerPlatform, 'media' | 'environment'>,
  clipPath: string,
  request: FrameRequest,
  signal: AbortSignal,
  use: (frames: FramesFile, written: WrittenFrames) => Promise<Result>,
): Promise<Result> {
  const folder = join(platform.environment.dataDir, 'temporary', 'frames');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${randomUUID()}.rgb`);
  try {
    const written = await platform.media.writeFrames(clipPath, request, path, { signal });
    const { width, height, frames } = written;
    return await use({ path, width, height, count: frames.length }, written);
  } finally {
    await rm(path, { force: true });
  }
}
