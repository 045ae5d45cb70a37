import { randomUUID } from 'node:crypto';
import { AppError } from '#lib/core/errors.ts';
import { type Transaction, withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { endView } from './end-view.ts';
import { reasonToStop } from './lend-next.ts';
import {
  lockRater,
  type RaterOrigin,
  type RaterRow,
  readSession,
  type SessionRow,
} from './rater-gate.ts';
import type { RatingStudyView } from './schema.ts';
import { sessionPairs, startSession } from './start-session.ts';
import { type StudySettings, studySettings } from './study-settings.ts';
import { trainingView } from './training-view.ts';

export interface JoinStudyInput {
  readonly code: string;
  readonly locale?: 'en' | 'zh' | undefined;
  /** Starts the next session where the last one is served. */
  readonly again?: boolean | undefined;
  /** Who this browser is already, by its signed cookie. */
  readonly known: RaterProof | null;
}

/** What a signed cookie says. */
export interface RaterProof {
  readonly raterId: string;
  readonly studyId: number;
}

export interface JoinedStudy {
  readonly view: RatingStudyView;
  readonly proof: RaterProof;
}

/**
 * Joins the study that a link leads to: the newest revision that takes raters, by the raters' code;
 * the newest one of all, by the trial code. A browser that has joined before stays the same rater.
 *
 * @throws AppError NOT_FOUND for a code that leads nowhere.
 */
export async function joinStudy(
  platform: Pick<Platform, 'database' | 'clock' | 'secret'>,
  input: JoinStudyInput,
): Promise<JoinedStudy> {
  const study = await findStudy(platform, input.code);
  const settings = await studySettings(platform, study.id, study.version);
  const joined = await withTransaction(
    async (transaction) => {
      const now = platform.clock.now();
      const known = await findRater(transaction, study, input);
      const raterId = known ?? (await createRater(transaction, study, input, settings, now));
      const rater = await lockRater(
        transaction,
        { kind: 'rater', raterId, studyId: study.id },
        input.code,
      );
      const session = await readSession(transaction, raterId, now);
      const nextPairs = nextSessionPairs(rater, session, settings);
      if (!input.again || nextPairs === 0) return { rater, session, nextPairs };
      await startSession(transaction, {
        raterId,
        credited: rater.credited,
        spec: settings.spec,
        now,
      });
      return { rater, session: await readSession(transaction, raterId, now), nextPairs: 0 };
    },
    { database: platform.database },
  );
  const { rater, session, nextPairs } = joined;
  return {
    proof: { raterId: rater.raterId, studyId: study.id },
    view: await studyView(platform, study.title, rater, session, settings, nextPairs),
  };
}

interface FoundStudy {
  readonly id: number;
  readonly title: string;
  readonly version: string;
  readonly origin: Extract<RaterOrigin, 'link' | 'trial'>;
}

async function findStudy(
  { database }: Pick<Platform, 'database'>,
  code: string,
): Promise<FoundStudy> {
  const [study] = await database.$queryRaw<FoundStudy[]>`
    select id, title, xmin::text as version,
      case when trial_code = ${code} then 'trial' else 'link' end as origin
    from study where join_code = ${code} or trial_code = ${code}
    order by case
        when trial_code = ${code} then 0
        when state in ('running', 'paused') then 2
        when state <> 'draft' then 1
        else 0 end desc,
      revision desc
    limit 1`;
  if (study === undefined)
    throw new AppError('NOT_FOUND', 'This link leads to no study: ask for a new one.', {
      reason: 'unknown-code',
    });
  return study;
}

/** The rater of the browser's cookie, if it is one of this study and came by this kind of link. */
async function findRater(
  transaction: Transaction,
  study: FoundStudy,
  { known }: JoinStudyInput,
): Promise<string | null> {
  if (known === null || known.studyId !== study.id) return null;
  const [row] = await transaction.$queryRaw<{ id: string }[]>`
    select id from rater where id = ${known.raterId}::uuid and study_id = ${study.id}`;
  return row?.id ?? null;
}

async function createRater(
  transaction: Transaction,
  study: FoundStudy,
  { locale }: JoinStudyInput,
  { spec }: StudySettings,
  now: Date,
): Promise<string> {
  const raterId = randomUUID();
  await transaction.rater.create({
    data: {
      id: raterId,
      studyId: study.id,
      origin: study.origin,
      locale: locale ?? null,
      createdAt: now,
    },
  });
  await startSession(transaction, { raterId, credited: 0, spec, now });
  return raterId;
}

function nextSessionPairs(rater: RaterRow, session: SessionRow, settings: StudySettings): number {
  if (session.endedAt === null) return 0;
  const fresh = { ...session, endedAt: null, donePairs: 0 };
  if (reasonToStop(rater, fresh, settings) !== null) return 0;
  return sessionPairs(settings.spec, rater.credited);
}

async function studyView(
  platform: Pick<Platform, 'database' | 'clock' | 'secret'>,
  title: string,
  rater: RaterRow,
  session: SessionRow,
  settings: StudySettings,
  nextPairs: number,
): Promise<RatingStudyView> {
  const { spec } = settings;
  const training = await trainingView(platform, rater, settings);
  const reason = session.leases > 0 ? null : reasonToStop(rater, session, settings);
  return {
    title,
    kind: spec.kind,
    trial: rater.origin === 'trial',
    questions: spec.questions.map((question, position) => ({
      position,
      wording: question.wording,
      instructions: question.instructions ?? null,
    })),
    questionMode: spec.questionMode,
    allowTies: spec.allowTies,
    requireFullPlay: spec.requireFullPlay,
    minutes: spec.session.minutes,
    video: { width: spec.rendition.width, height: spec.rendition.height, fps: spec.rendition.fps },
    training,
    trained: rater.isTrained || training.length === 0,
    session: { wantedPairs: session.wantedPairs, donePairs: session.donePairs },
    end: reason === null ? null : endView(reason, session, settings),
    nextSessionPairs: nextPairs,
  };
}
