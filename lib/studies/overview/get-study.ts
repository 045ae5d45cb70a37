import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { countProgress } from './count-progress.ts';
import { estimateSpec } from './estimate.ts';
import type { StudyDetail } from './schema.ts';

/** All that the pages of a study show, but for the spec itself, the checklist and the grid. */
export async function getStudy(
  platform: Pick<Platform, 'database' | 'environment'>,
  actor: Actor,
  address: StudyAddress,
): Promise<StudyDetail> {
  const { row, spec } = await findStudy(platform, actor, address, 'project.read');
  const [progress, revisions] = await Promise.all([
    countProgress(platform.database, { id: row.id, state: row.state, spec }),
    platform.database.study.findMany({
      where: { projectId: row.projectId, slug: row.slug },
      select: { revision: true, state: true, openedAt: true, closedAt: true },
      orderBy: { revision: 'desc' },
    }),
  ]);
  const link = (code: string) => `${platform.environment.publicUrl}/rate/${code}`;
  return {
    slug: row.slug,
    revision: row.revision,
    title: spec.title,
    description: spec.description,
    kind: spec.kind,
    state: row.state,
    isArchived: row.archivedAt !== null,
    axis: spec.axis,
    arms: spec.arms.map(({ name, level }) => ({ name, level })),
    prompts: spec.prompts.length,
    questions: spec.questions.map(({ key, wording }) => ({ key, wording })),
    counted: progress.counted,
    wanted: progress.wanted,
    createdAt: row.createdAt.toISOString(),
    openedAt: row.openedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    raterUrl: link(row.joinCode),
    trialUrl: link(row.trialCode),
    counts: { simulated: row.countSimulated, imported: row.countImported },
    estimate: estimateSpec(spec),
    progress,
    revisions: revisions.map((revision) => ({
      revision: revision.revision,
      state: revision.state,
      openedAt: revision.openedAt?.toISOString() ?? null,
      closedAt: revision.closedAt?.toISOString() ?? null,
    })),
  };
}
