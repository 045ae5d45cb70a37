import { storedSourceSchema } from '#lib/generation/schema.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyRow } from '#lib/studies/find-study.ts';
import type { StudySpec } from '#lib/studies/schema.ts';
import { readDecisions } from './list-decisions.ts';
import { captionersToMix } from './recommend.ts';
import type { CombinedFilter, DecidedMix, DecisionView } from './schema.ts';

type OpenedStudy = StudyRow & { readonly spec: StudySpec };

/**
 * The mix of captioners that was decided last in the given studies, or the caption study that waits for
 * one. Both null where no study compares captions.
 */
export async function findDecidedMix(
  platform: Pick<Platform, 'database'>,
  studies: readonly OpenedStudy[],
): Promise<{ mix: DecidedMix | null; missing: CombinedFilter['missing'][number] | null }> {
  let last: { study: OpenedStudy; decision: DecisionView | undefined } | undefined;
  for (const study of studies) {
    if (captionersToMix(study.spec).length === 0) continue;
    const [decision] = await readDecisions(platform, study);
    if (!last || (decision?.id ?? 0) > (last.decision?.id ?? 0)) last = { study, decision };
  }
  if (!last) return { mix: null, missing: null };
  const { study, decision } = last;
  const place = { study: study.slug, revision: study.revision };
  if (!decision?.mix) {
    const reason = decision ? `Left open on purpose: ${decision.reason}` : 'Not decided yet.';
    return { mix: null, missing: { name: 'Captions', ...place, reason } };
  }
  const columnOf = new Map(study.spec.arms.map((arm) => [arm.name, arm.source?.model ?? arm.name]));
  return {
    mix: {
      ...place,
      columns: decision.mix.map(({ arm, share }) => ({
        arm,
        column: columnOf.get(arm) ?? arm,
        share,
      })),
      dataset: await findDataset(platform, study),
      reason: decision.reason,
      decidedBy: decision.decidedBy,
      decidedAt: decision.decidedAt,
      snapshotId: decision.snapshot.id,
    },
    missing: null,
  };
}

/** Where the import of a caption study took its captions from. */
async function findDataset(
  { database }: Pick<Platform, 'database'>,
  { projectId, spec }: OpenedStudy,
): Promise<DecidedMix['dataset']> {
  const slug = spec.import ?? spec.arms[0]?.source?.import;
  if (slug === undefined) return null;
  const row = await database.videoImport.findUnique({
    where: { projectId_slug: { projectId, slug } },
    select: { source: true },
  });
  const stored = storedSourceSchema.safeParse(row?.source);
  if (!stored.success || stored.data.source.kind !== 'clip-table') return null;
  const { dataset, version } = stored.data.source;
  return version === undefined ? null : { dataset, version };
}
