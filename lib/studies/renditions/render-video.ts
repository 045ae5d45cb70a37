import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Prisma } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { type FixedProfile, profileKey } from './profile.ts';

/** What making renditions needs. */
export type RenderDeps = Pick<Platform, 'database' | 'blobs' | 'media' | 'environment' | 'log'>;

type RenderedVideo = Prisma.RenderedVideoGetPayload<object>;

/**
 * The copy of an original in a profile's form with its poster and contact sheet: from an earlier
 * study where there is one, made now otherwise. Two that make it at once end with the same row.
 *
 * @throws AppError BAD_INPUT when the original can't be brought to the form, NOT_FOUND when it is gone.
 */
export async function renderVideo(
  deps: RenderDeps,
  sourceHash: string,
  profile: FixedProfile,
  signal: AbortSignal,
): Promise<RenderedVideo> {
  const id = { sourceHash, profileKey: profileKey(profile) };
  const where = { sourceHash_profileKey: id };
  const known = await deps.database.renderedVideo.findUnique({ where });
  if (known && (await deps.blobs.has(known.hash))) return known;

  const folder = join(deps.environment.dataDir, 'temporary', `rendition-${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  try {
    const { masks, ...form } = profile;
    const video = join(folder, profile.codec === 'vp9' ? 'video.webm' : 'video.mp4');
    const report = await deps.media.renderRendition(
      await deps.blobs.localPath(sourceHash),
      video,
      form,
      {
        startSeconds: 0,
        masks: masks.map(({ left, top, width, height }) => ({ x: left, y: top, width, height })),
      },
      { signal },
    );
    const poster = join(folder, 'poster.webp');
    const sheet = join(folder, 'sheet.webp');
    await deps.media.makePoster(video, poster, report.frameCount, { signal });
    await deps.media.makeContactSheet(video, sheet, report.frameCount, { signal });
    const stored = await deps.blobs.putFile(video);
    const content = {
      hash: stored.hash,
      bytes: stored.bytes,
      posterHash: (await deps.blobs.putFile(poster)).hash,
      sheetHash: (await deps.blobs.putFile(sheet)).hash,
      transform: report.done satisfies Prisma.InputJsonObject,
    };
    return await deps.database.renderedVideo.upsert({
      where,
      create: { ...id, ...content },
      update: content,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
