import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { resolveWithin } from '#lib/platform/files/server-paths.ts';
import type { FramePicks } from '#lib/platform/media/frames.ts';
import { type Captioner, openCaptioner } from '#lib/platform/onnx/captioner.ts';
import type { OpenScorer, ScorerPlatform } from './scorer.ts';

/** A name that a column of a clip table may have. */
export const columnNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'use lower-case letters, digits and _, a letter first');

/** The settings that image and video captioners share; both decode greedily, so there is no seed. */
export const captionerSettings = z.strictObject({
  folder: z
    .string()
    .min(1)
    .max(1000)
    .meta({ title: 'Folder of the captioner, as docs/captioners.md describes it' }),
  maxNewTokens: z.int().min(1).max(512).default(40).meta({ title: 'Longest caption, in tokens' }),
  shortSide: z
    .int()
    .min(16)
    .max(2048)
    .default(224)
    .meta({ title: 'Short side of the frames before the captioner resizes them, in pixels' }),
});

export interface CaptionerUse {
  kind: Captioner['kind'];
  at: FramePicks;
  column: string;
}

/**
 * A scorer that shows frames of each clip to a captioner. An empty caption is stored as missing.
 *
 * @throws AppError NOT_FOUND or BAD_INPUT where the folder holds no captioner of this kind
 */
export async function openCaptionerScorer(
  platform: ScorerPlatform,
  settings: z.output<typeof captionerSettings>,
  { kind, at, column }: CaptionerUse,
): Promise<OpenScorer> {
  const captioner = await openCaptioner(await resolveWithin(settings.folder, platform.reach));
  const asked = 'uniform' in at ? at.uniform : 1;
  if (captioner.kind !== kind || (captioner.frames ?? asked) !== asked) {
    captioner.close();
    throw wrongKind(settings.folder, captioner);
  }
  const scratch = join(platform.environment.dataDir, 'temporary', 'frames');
  await mkdir(scratch, { recursive: true });
  return {
    models: captioner.models,
    async score({ path }, signal) {
      const frames = join(scratch, `${randomUUID()}.rgb`);
      try {
        const size = { shortSide: settings.shortSide };
        const written = await platform.media.writeFrames(path, { at, size }, frames, { signal });
        const { width, height } = written;
        const file = { path: frames, width, height, count: written.frames.length };
        const text = await captioner.describe(file, settings.maxNewTokens, signal);
        return { [column]: text === '' ? null : text };
      } finally {
        await rm(frames, { force: true });
      }
    },
    close: async () => captioner.close(),
  };
}

function wrongKind(folder: string, { kind, frames }: Captioner): AppError {
  const takes =
    kind === 'image' ? 'one frame: it is for "image-caption"' : `${frames ?? 'several'} frames`;
  return new AppError('BAD_INPUT', `The captioner in ${folder} takes ${takes}.`, {
    reason: 'captioner-kind',
  });
}
