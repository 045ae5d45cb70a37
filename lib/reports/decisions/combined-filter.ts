import { stringify } from 'yaml';
import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyRow } from '#lib/studies/find-study.ts';
import { type StudySpec, studySpecSchema } from '#lib/studies/schema.ts';
import { findDecidedMix } from './decided-mix.ts';
import { outdatedOf, readDecisions } from './list-decisions.ts';
import { readAdvice } from './read-advice.ts';
import type { CombinedFilter, DecisionView } from './schema.ts';

const NOTE =
  'Each share is that of one axis alone. Scores of one clip go together, so what all axes keep together can only be counted on the clips themselves.';

/**
 * The filter that the decisions of a project's axes make together: for each axis of removed fractions
 * what was decided last, in whichever study and revision that has opened (archived ones left out), and
 * the mix of captioners that was decided last.
 */
export async function combineFilter(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  { project: slug }: { readonly project: string },
): Promise<CombinedFilter> {
  const project = await authorizeProject(platform, actor, slug, 'project.read');
  const rows = await platform.database.study.findMany({
    where: { projectId: project.id, archivedAt: null, state: { not: 'draft' } },
    orderBy: [{ slug: 'asc' }, { revision: 'desc' }],
  });
  const studies = rows.map((row) => ({ ...row, spec: studySpecSchema.parse(row.spec) }));
  const byAxis = new Map<string, Candidate>();
  for (const study of studies) {
    const { spec } = study;
    if (spec.axis?.kind !== 'removed-fraction') continue;
    const [decision] = await readDecisions(platform, study);
    const before = byAxis.get(spec.axis.name);
    if (!before || (decision?.id ?? 0) > (before.decision?.id ?? 0))
      byAxis.set(spec.axis.name, { study, decision });
  }
  const axes: CombinedFilter['axes'] = [];
  const missing: CombinedFilter['missing'] = [];
  for (const [name, { study, decision }] of byAxis) {
    const place = { name, study: study.slug, revision: study.revision };
    if (decision?.arm == null || decision.level === null) {
      const reason = decision ? `Left open on purpose: ${decision.reason}` : 'Not decided yet.';
      missing.push({ ...place, reason });
      continue;
    }
    axes.push({
      ...place,
      dataset: study.spec.axis?.dataset ?? null,
      arm: decision.arm,
      removedFraction: decision.level,
      keptAlone: 1 - decision.level,
      reason: decision.reason,
      decidedBy: decision.decidedBy,
      decidedAt: decision.decidedAt,
      snapshotId: decision.snapshot.id,
      ...outdatedOf(decision, await readAdvice(platform, study)),
    });
  }
  const captions = await findDecidedMix(platform, studies);
  if (captions.missing) missing.push(captions.missing);
  return {
    project: project.slug,
    axes,
    missing,
    captionMix: captions.mix,
    snapshotIds: [...axes, ...(captions.mix ? [captions.mix] : [])].map(
      ({ snapshotId }) => snapshotId,
    ),
    keptTogether: null,
    note: NOTE,
  };
}

interface Candidate {
  readonly study: StudyRow & { readonly spec: StudySpec };
  readonly decision: DecisionView | undefined;
}

/** The combined filter as a file that is read again where manifests are made. */
export async function exportCombinedFilter(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  { project, format }: { readonly project: string; readonly format: 'json' | 'yaml' },
): Promise<File> {
  const filter = await combineFilter(platform, actor, { project });
  const content = { kind: 'winnow-combined-filter', version: 1, ...filter };
  return format === 'json'
    ? new File([`${JSON.stringify(content, null, 2)}\n`], `${project}-filter.json`, {
        type: 'application/json',
      })
    : new File([stringify(content)], `${project}-filter.yaml`, { type: 'application/yaml' });
}
