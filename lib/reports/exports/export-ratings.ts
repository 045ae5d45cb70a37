import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyAddress } from '#lib/studies/find-study.ts';
import { readStudy } from '../read-study.ts';
import type { RankingMethod } from '../schema.ts';
import { defaultMethod, readSnapshots } from '../snapshots/read-snapshots.ts';
import { csvLine } from './csv.ts';

const COLUMNS = [
  'question',
  'arm',
  'level',
  'elo',
  'elo_low',
  'elo_high',
  'theta',
  'se',
  'rank_low',
  'rank_high',
  'tier',
  'p_best',
  'win_share',
  'win_share_low',
  'win_share_high',
  'wins',
  'losses',
  'ties',
  'provisional',
  'method',
  'version',
  'seed',
  'watermark',
] as const;

/**
 * The ratings of every question and their mean, of a snapshot or the newest one, with what is needed to compute them again. The
 * table tells two arms alone by their win shares and leaves their Elo empty.
 */
export async function exportRatings(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: StudyAddress & {
    readonly format: 'csv' | 'json';
    readonly method?: RankingMethod | undefined;
    readonly snapshot?: number | undefined;
  },
): Promise<File> {
  const study = await readStudy(platform, actor, input);
  const method = input.method ?? defaultMethod(study);
  const { snapshots, breakdown } = await readSnapshots(platform, study, method, input.snapshot);
  const name = `${study.slug}-r${study.revision}-ratings-${method}.${input.format}`;
  const keyOf = (question: number | null) =>
    question === null ? 'mean' : (study.spec.questions[question]?.key ?? String(question));
  if (input.format === 'json') {
    const accepted = await platform.database.acknowledgement.findMany({
      where: { studyId: study.id },
      orderBy: { field: 'asc' },
    });
    const content = {
      study: study.slug,
      revision: study.revision,
      method,
      acceptedDifferences: accepted.map(({ field, values, reason }) => ({ field, values, reason })),
      breakdown,
      rankings: snapshots.map((snapshot) => ({ ...snapshot, question: keyOf(snapshot.question) })),
    };
    return new File([JSON.stringify(content, null, 2)], name, { type: 'application/json' });
  }
  const isTwoArms = study.arms.length === 2;
  const levelOf = new Map(study.arms.map((arm) => [arm.name, arm.level]));
  const lines = snapshots.flatMap((snapshot) =>
    snapshot.arms.map((arm) =>
      csvLine([
        keyOf(snapshot.question),
        arm.name,
        levelOf.get(arm.name) ?? null,
        ...(isTwoArms ? [null, null, null] : [arm.elo, arm.eloLow, arm.eloHigh]),
        arm.theta,
        arm.se,
        arm.rankLow,
        arm.rankHigh,
        arm.tier,
        arm.pBest,
        arm.winShare,
        arm.winShare === null ? null : arm.winShareLow,
        arm.winShare === null ? null : arm.winShareHigh,
        arm.wins,
        arm.losses,
        arm.ties,
        arm.provisional,
        snapshot.method,
        snapshot.version,
        snapshot.seed,
        snapshot.watermark,
      ]),
    ),
  );
  return new File([csvLine(COLUMNS), ...lines], name, { type: 'text/csv; charset=utf-8' });
}
