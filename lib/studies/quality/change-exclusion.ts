import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { type Transaction, withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { rankStudyJob } from '#lib/reports/jobs.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { recountLocked } from '../rating/recount-cells.ts';
import { lockComparisons } from '../rating/release-lease.ts';
import { PSEUDONYM_OF_R } from '../votes/rater-pseudonym.ts';
import type { ExclusionCause } from './schema.ts';

export interface RaterAddress extends StudyAddress {
  /** The name that lists and exports give the rater in this study. */
  readonly rater: string;
}

export interface ExclusionChange {
  readonly isExcluded: boolean;
  /** What an inclusion leaves out: the cause of the exclusion that it ends is kept. */
  readonly because?: ExclusionCause;
  readonly reason: string;
}

/**
 * Writes down that a rater is excluded or included again, gives the places of the rater's votes to
 * others or takes them back, and asks for a new ranking: all or nothing. The votes stay as they are.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN; CONFLICT where nothing would change.
 */
export async function changeExclusion(
  platform: Pick<Platform, 'database' | 'clock' | 'queue'>,
  actor: Actor,
  { rater: name, ...address }: RaterAddress,
  change: ExclusionChange,
): Promise<{ rater: string; isExcluded: boolean }> {
  const { row: study } = await findStudy(platform, actor, address, 'project.write');
  await withTransaction(
    async (transaction) => {
      const rater = await lockRaterByName(transaction, study.id, name);
      if (rater.isExcluded === change.isExcluded) throw unchanged(name, change.isExcluded);
      await transaction.rater.update({
        where: { id: rater.id },
        data: { isExcluded: change.isExcluded },
      });
      await recountPlaces(transaction, rater.id);
      // Last: who takes a watermark waits for this row, so nothing may be waited for after it.
      await writeExclusion(platform, transaction, actor, study.id, rater.id, change);
      await platform.queue.enqueue(
        rankStudyJob,
        { studyId: study.id },
        { singletonKey: String(study.id), transaction },
      );
    },
    { database: platform.database },
  );
  return { rater: name, isExcluded: change.isExcluded };
}

interface NamedRater {
  readonly id: string;
  readonly isExcluded: boolean;
}

async function lockRaterByName(
  transaction: Transaction,
  studyId: number,
  name: string,
): Promise<NamedRater> {
  const [rater, second] = await transaction.$queryRaw<NamedRater[]>`
    select r.id, r.is_excluded as "isExcluded" from rater r
    where r.study_id = ${studyId} and r.origin <> 'trial' and ${PSEUDONYM_OF_R} = ${name}
    for no key update`;
  if (rater === undefined)
    throw new AppError('NOT_FOUND', `The study has no rater "${name}".`, { reason: 'rater' });
  if (second !== undefined)
    throw new AppError('CONFLICT', `Two raters of the study have the name "${name}".`, {
      reason: 'ambiguous-rater',
    });
  return rater;
}

async function recountPlaces(transaction: Transaction, raterId: string): Promise<void> {
  const rows = await transaction.$queryRaw<{ id: number }[]>`
    select distinct comparison_id as id from vote
    where rater_id = ${raterId}::uuid and status = 'counted' and comparison_id is not null`;
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  await lockComparisons(transaction, ids);
  await recountLocked(transaction, ids);
}

async function writeExclusion(
  { clock }: Pick<Platform, 'clock'>,
  transaction: Transaction,
  actor: Actor,
  studyId: number,
  raterId: string,
  change: ExclusionChange,
): Promise<void> {
  const quality = await transaction.raterQuality.findUnique({
    where: { raterId },
    include: { review: { select: { watermark: true, createdAt: true } } },
  });
  const evidence = quality && {
    watermark: String(quality.review.watermark),
    lookedAt: quality.review.createdAt.toISOString(),
    quality: quality.result,
  };
  await transaction.$executeRaw`
    insert into rater_exclusion
      (seq, study_id, rater_id, is_excluded, because, reason, evidence, user_id, created_at)
    select nextval(pg_get_serial_sequence('vote', 'seq')), ${studyId}, ${raterId}::uuid,
      ${change.isExcluded}, coalesce(${change.because ?? null}, (
        select because from rater_exclusion where rater_id = ${raterId}::uuid
        order by seq desc limit 1), 'other'),
      ${change.reason}, ${JSON.stringify(evidence ?? {})}::jsonb,
      ${actor.kind === 'user' ? actor.userId : null}::uuid, ${clock.now()}`;
}

function unchanged(name: string, isExcluded: boolean): AppError {
  return isExcluded
    ? new AppError('CONFLICT', `The rater "${name}" is excluded already.`, {
        reason: 'already-excluded',
      })
    : new AppError('CONFLICT', `The rater "${name}" is not excluded.`, { reason: 'not-excluded' });
}
