import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { pictureUrl } from '../pictures/add-picture.ts';
import type { Grid } from './schema.ts';

/** Where researchers get a rendition's files; raters get theirs by sealed tokens instead. */
const MEDIA = '/api/media/rendition';

/** Prompts `offset` to `offset + limit` with the renditions of every arm, to look over before opening. */
export async function studyGrid(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: StudyAddress & { readonly offset: number; readonly limit: number },
): Promise<Grid> {
  const { row, spec } = await findStudy(platform, actor, input, 'project.read');
  const prompts = await platform.database.prompt.findMany({
    where: { studyId: row.id, position: { gte: input.offset, lt: input.offset + input.limit } },
    orderBy: { position: 'asc' },
    select: {
      position: true,
      renditions: {
        select: {
          id: true,
          take: true,
          state: true,
          reason: true,
          text: true,
          hash: true,
          posterHash: true,
          sheetHash: true,
          arm: { select: { position: true } },
        },
        orderBy: [{ arm: { position: 'asc' } }, { take: 'asc' }],
      },
    },
  });
  return {
    kind: spec.kind,
    arms: spec.arms.map(({ name, level }) => ({ name, level })),
    totalPrompts: spec.prompts.length,
    width: spec.rendition.width,
    height: spec.rendition.height,
    prompts: prompts.flatMap((prompt) => {
      const written = spec.prompts[prompt.position];
      if (!written) return [];
      return {
        position: prompt.position,
        key: written.key,
        text: written.text,
        motion: written.motion ?? null,
        imageUrls: written.images.map((hash) => pictureUrl(input.project, hash)),
        renditions: prompt.renditions.map((rendition) => ({
          id: rendition.id,
          arm: rendition.arm.position,
          take: rendition.take,
          state: rendition.state,
          reason: rendition.reason,
          text: rendition.text,
          videoUrl: rendition.hash && `${MEDIA}/${rendition.id}/video`,
          posterUrl: rendition.posterHash && `${MEDIA}/${rendition.id}/poster`,
          sheetUrl: rendition.sheetHash && `${MEDIA}/${rendition.id}/sheet`,
        })),
      };
    }),
  };
}
