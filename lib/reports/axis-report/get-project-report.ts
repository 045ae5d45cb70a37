import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { studySpecSchema } from '#lib/studies/schema.ts';
import { outdatedOf, readDecisions } from '../decisions/list-decisions.ts';
import { readAdvice } from '../decisions/read-advice.ts';
import type { ReadableStudy } from '../read-study.ts';
import { readAxis } from './read-axis.ts';
import type { DecisionHead, ProjectAxis, ProjectReport } from './schema.ts';

/**
 * Every study of a project that has an axis and has opened: the newest such revision of each, archived
 * ones left out, each by the method that its report opens with.
 *
 * @throws AppError NOT_FOUND when the actor may not read the project.
 */
export async function getProjectReport(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: { readonly project: string },
): Promise<ProjectReport> {
  const project = await authorizeProject(platform, actor, input.project, 'project.read');
  const rows = await platform.database.study.findMany({
    where: { projectId: project.id, archivedAt: null, state: { not: 'draft' } },
    orderBy: [{ slug: 'asc' }, { revision: 'desc' }],
    distinct: ['slug'],
    include: { arms: { orderBy: { position: 'asc' } } },
  });
  const axes: ProjectAxis[] = [];
  for (const row of rows) {
    const study = { ...row, spec: studySpecSchema.parse(row.spec) };
    if (study.spec.axis === null) continue;
    const { study: head, breakdown: _, ...report } = await readAxis(platform, study, {});
    axes.push({
      ...report,
      slug: head.slug,
      title: head.title,
      revision: head.revision,
      kind: head.kind,
      state: head.state,
      axis: study.spec.axis,
      votes: report.snapshot?.votes ?? 0,
      decision: await readDecisionHead(platform, study),
    });
  }
  return { axes };
}

async function readDecisionHead(
  platform: Pick<Platform, 'database'>,
  study: ReadableStudy,
): Promise<DecisionHead | null> {
  const [decision] = await readDecisions(platform, study);
  if (!decision) return null;
  return {
    arm: decision.arm,
    level: decision.level,
    reason: decision.reason,
    by: decision.decidedBy,
    at: decision.decidedAt,
    snapshot: decision.snapshot.id,
    ...outdatedOf(decision, await readAdvice(platform, study)),
  };
}
