import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { FramePicks } from '#lib/platform/media/frames.ts';
import type { LoadedModel } from '#lib/platform/models/models.ts';
import type { OpenScorer, ScorerPlatform } from './scorer.ts';
import { withFrames } from './with-frames.ts';

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
  kind: 'image' | 'video';
  at: FramePicks;
  column: string;
}

/**
 * A scorer that shows frames of each clip to a captioner. An empty caption is stored as missing.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN, or BAD_INPUT where the folder holds no captioner of this kind
 */
export async function openCaptionerScorer(
  platform: ScorerPlatform,
  settings: z.output<typeof captionerSettings>,
  { kind, at, column }: CaptionerUse,
): Promise<OpenScorer> {
  const model = await platform.models.admit(settings.folder, 'captioner');
  const { captioner } = await platform.models.load(model);
  const asked = 'uniform' in at ? at.uniform : 1;
  if (captioner?.kind !== kind || (captioner.frames ?? asked) !== asked) {
    throw wrongKind(settings.folder, captioner);
  }
  const size = { shortSide: settings.shortSide };
  return {
    models: model.hashes,
    async score({ path }, signal) {
      const text = await withFrames(platform, path, { at, size }, signal, (frames) =>
        platform.models.caption(model, frames, settings.maxNewTokens, { signal }),
      );
      return { [column]: text === '' ? null : text };
    },
    close: async () => undefined,
  };
}

function wrongKind(folder: string, captioner: LoadedModel['captioner']): AppError {
  const takes =
    captioner?.kind === 'image'
      ? 'one frame: it is for "image-caption"'
      : `${captioner?.frames ?? 'several'} frames`;
  return new AppError('BAD_INPUT', `The captioner in ${folder} takes ${takes}.`, {
    reason: 'captioner-kind',
  });
}
