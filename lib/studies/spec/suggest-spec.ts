import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { freeSlug } from './free-slug.ts';
import { asWritten, type WrittenSpec } from './read-spec.ts';
import { specFromImport } from './spec-from-import.ts';

/**
 * A study of everything in an import, under a slug that is still free.
 *
 * @throws AppError NOT_FOUND without such an import, CONFLICT while it has fewer than two arms.
 */
export async function suggestSpec(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: { readonly project: string; readonly import: string },
): Promise<WrittenSpec> {
  const project = await authorizeProject(platform, actor, input.project, 'project.read');
  const source = await platform.database.videoImport.findUnique({
    where: { projectId_slug: { projectId: project.id, slug: input.import } },
    select: { id: true, slug: true, name: true, kind: true },
  });
  if (!source)
    throw new AppError(
      'NOT_FOUND',
      `The project "${project.slug}" has no import "${input.import}".`,
      { reason: 'import' },
    );
  const where = { importId: source.id, state: 'accepted' as const };
  const [models, captioners, prompts, formats] = await Promise.all([
    platform.database.video.groupBy({ by: ['model'], where }),
    platform.database.caption.groupBy({ by: ['captioner'], where: { importId: source.id } }),
    platform.database.video.groupBy({ by: ['prompt'], where, _max: { promptText: true } }),
    platform.database.video.groupBy({ by: ['width', 'height', 'fps'], where, _count: true }),
  ]);
  const arms =
    source.kind === 'caption'
      ? captioners.map((row) => row.captioner)
      : models.map((row) => row.model);
  if (arms.length < 2 || prompts.length === 0)
    throw new AppError(
      'CONFLICT',
      `The import "${source.name}" has ${arms.length} ${source.kind === 'caption' ? 'captioner' : 'model'}${arms.length === 1 ? '' : 's'} with videos; a study compares at least two.`,
      { reason: 'arms' },
    );
  const spec = specFromImport({
    slug: source.slug,
    name: source.name,
    kind: source.kind,
    models: arms,
    prompts: prompts.map((row) => ({ key: row.prompt, text: row._max.promptText })),
    formats: formats.map((row) => ({
      width: row.width ?? 0,
      height: row.height ?? 0,
      fps: row.fps ?? 0,
      count: row._count,
    })),
  });
  return asWritten({ ...spec, slug: await freeSlug(platform, project.id, source.slug) });
}
