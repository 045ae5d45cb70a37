import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyAddress } from '#lib/studies/find-study.ts';
import { newestSeq } from '#lib/studies/votes/ranked-votes.ts';
import { exclusionAlarm } from '../analysis/exclusion-share.ts';
import { readAnalysis } from '../analysis/read-analysis.ts';
import type { Analysis } from '../analysis/schema.ts';
import { shareInterval } from '../head-to-head.ts';
import { placeArms } from '../place-arms.ts';
import { readStudy } from '../read-study.ts';
import type { RankingMethod, Snapshot } from '../schema.ts';
import { defaultMethod, readSnapshots } from '../snapshots/read-snapshots.ts';
import { studyHead } from '../study-head.ts';
import { listBrokenReports } from './list-broken-reports.ts';
import type { ReportView } from './schema.ts';

/**
 * The report of a study from its newest snapshot or a named one; never computes a ranking itself, so its cost does
 * not grow with the votes.
 *
 * @throws AppError NOT_FOUND for a snapshot that is not this study's.
 */
export async function getReport(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: StudyAddress & {
    readonly method?: RankingMethod | undefined;
    readonly snapshot?: number | undefined;
  },
): Promise<ReportView> {
  const study = await readStudy(platform, actor, input);
  const method = input.method ?? defaultMethod(study);
  const [{ snapshots, breakdown, head, watermark }, newest, cells, accepted, brokenReports] =
    await Promise.all([
      readSnapshots(platform, study, method, input.snapshot),
      newestSeq(platform.database, study.id),
      platform.database.cell.groupBy({
        by: ['question'],
        where: { studyId: study.id, kind: 'regular' },
        _sum: { counted: true, wanted: true },
        orderBy: { question: 'asc' },
      }),
      platform.database.acknowledgement.findMany({
        where: { studyId: study.id },
        orderBy: { field: 'asc' },
      }),
      listBrokenReports(platform.database, study.id),
    ]);
  const roleOf = new Map(placeArms(study.spec).map(({ name, role }) => [name, role]));
  return {
    study: {
      ...studyHead(study),
      countSimulated: study.countSimulated,
      countImported: study.countImported,
    },
    arms: study.arms.map(({ id, name, level }) => ({
      id,
      name,
      level,
      role: roleOf.get(name) ?? 'other',
    })),
    questions: study.spec.questions.map((question, position) => ({
      position,
      key: question.key,
      wording: question.wording.en,
    })),
    progress: cells.map((cell) => ({
      question: cell.question,
      counted: cell._sum.counted ?? 0,
      wanted: cell._sum.wanted ?? 0,
    })),
    method,
    breakdown,
    snapshot: head,
    snapshots:
      study.arms.length === 2 && head
        ? clusterShares(snapshots, await readAnalysis(platform, head.id))
        : snapshots,
    acceptedDifferences: accepted.map(({ field, reason, createdAt }) => ({
      field,
      reason,
      acceptedAt: createdAt.toISOString(),
    })),
    brokenReports,
    exclusionAlarm: exclusionAlarm(breakdown.exclusionShifts),
    isStale: head?.isNewest !== false && newest > watermark,
  };
}

/** Two arms are told by their win share, so its interval must hold for other raters and prompts. */
function clusterShares(snapshots: readonly Snapshot[], analysis: Analysis | null): Snapshot[] {
  return snapshots.map((snapshot) => {
    const part = analysis?.parts.find(({ question }) => question === snapshot.question);
    return {
      ...snapshot,
      arms: snapshot.arms.map((arm) => ({
        ...arm,
        ...shareInterval(arm, part?.headToHead ?? null),
      })),
    };
  });
}
