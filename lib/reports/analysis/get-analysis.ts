import type { Actor } from '#lib/accounts/actor.ts';
import type { PrismaClient } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyAddress } from '#lib/studies/find-study.ts';
import { exclusionOf } from '#lib/studies/votes/exclusion-of.ts';
import { newestSeq } from '#lib/studies/votes/ranked-votes.ts';
import { referenceArm } from '../place-arms.ts';
import { type ReadableStudy, readStudy } from '../read-study.ts';
import { defaultMethod, readSnapshots } from '../snapshots/read-snapshots.ts';
import { studyHead } from '../study-head.ts';
import { viewExclusions } from './exclusions.ts';
import { readAnalysis } from './read-analysis.ts';
import type { Analysis, AnalysisReport } from './schema.ts';

/**
 * What lies behind a study's numbers: prompts and tags, how much hangs on single raters and prompts,
 * agreement, votes left out, the noise floor, metrics. Of a snapshot, or of the newest one; computed
 * when that was made.
 *
 * @throws AppError NOT_FOUND for a snapshot that is not this study's, and as `findStudy` does.
 */
export async function getAnalysis(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: StudyAddress & { readonly snapshot?: number | undefined },
): Promise<AnalysisReport> {
  const study = await readStudy(platform, actor, input);
  const [{ breakdown, head, watermark }, newest] = await Promise.all([
    readSnapshots(platform, study, defaultMethod(study), input.snapshot),
    newestSeq(platform.database, study.id),
  ]);
  const analysis = head ? await readAnalysis(platform, head.id) : null;
  const exclusion = head?.exclusion ?? exclusionOf(study);
  return {
    study: studyHead(study),
    reference: referenceArm(study.spec),
    snapshot: head,
    exclusions: viewExclusions(breakdown, exclusion),
    prompts: analysis ? await describePrompts(platform.database, study, analysis) : [],
    parts: analysis ? await linkComparisons(platform.database, study, analysis) : [],
    isComplete: head === null || analysis !== null,
    isStale: head?.isNewest !== false && newest > watermark,
  };
}

async function describePrompts(
  database: PrismaClient,
  study: ReadableStudy,
  { parts }: Analysis,
): Promise<AnalysisReport['prompts']> {
  const ids = new Set(
    parts.flatMap(({ prompts, metrics }) => [
      ...prompts.map(({ prompt }) => prompt),
      ...metrics.flatMap(({ misleads }) => misleads.map(({ prompt }) => prompt)),
    ]),
  );
  const rows = await database.prompt.findMany({
    where: { studyId: study.id, id: { in: [...ids] } },
    orderBy: { position: 'asc' },
    select: { id: true, key: true, text: true, position: true },
  });
  return rows.map(({ id, key, text, position }) => {
    const prompt = study.spec.prompts[position];
    return { id, key, text, tags: prompt?.tags ?? [], motion: prompt?.motion ?? null };
  });
}

/** Names the comparison behind each case in which a metric misleads. */
async function linkComparisons(
  database: PrismaClient,
  study: ReadableStudy,
  { parts }: Analysis,
): Promise<AnalysisReport['parts']> {
  const prompts = new Set(
    parts
      .flatMap(({ metrics }) => metrics.flatMap(({ misleads }) => misleads))
      .map((m) => m.prompt),
  );
  const nameOf = new Map(study.arms.map(({ id, name }) => [id, name]));
  const rows =
    prompts.size === 0
      ? []
      : await database.comparison.findMany({
          where: { studyId: study.id, kind: 'regular', promptId: { in: [...prompts] } },
          select: { id: true, promptId: true, armAId: true, armBId: true },
        });
  const key = (prompt: number, a: string | undefined, b: string | undefined) =>
    JSON.stringify([prompt, ...[a ?? '', b ?? ''].sort()]);
  const ids = new Map(
    rows.map((row) => [key(row.promptId, nameOf.get(row.armAId), nameOf.get(row.armBId)), row.id]),
  );
  return parts.map((part) => ({
    ...part,
    metrics: part.metrics.map((metric) => ({
      ...metric,
      misleads: metric.misleads.map((one) => ({
        ...one,
        comparison: ids.get(key(one.prompt, one.higher, one.lower)) ?? null,
      })),
    })),
  }));
}
