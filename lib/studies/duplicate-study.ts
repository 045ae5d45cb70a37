import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { createStudy } from './create-study.ts';
import { findStudy, type StudyAddress } from './find-study.ts';
import type { StudyDetail } from './overview/schema.ts';

/** Copies a study, in whatever state, as a new draft without its votes and acknowledgements. */
export async function duplicateStudy(
  platform: Pick<Platform, 'database' | 'queue' | 'clock' | 'environment'>,
  actor: Actor,
  input: StudyAddress & { readonly slug: string; readonly title?: string | undefined },
): Promise<StudyDetail> {
  const { spec } = await findStudy(platform, actor, input, 'project.write');
  const title = input.title ?? `${spec.title.slice(0, 190)} (copy)`;
  return createStudy(platform, actor, {
    project: input.project,
    spec: { ...spec, slug: input.slug, title },
  });
}
