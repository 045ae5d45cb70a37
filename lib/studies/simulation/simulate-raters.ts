import { createHash } from 'node:crypto';
import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { Prisma, withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { castVote } from '../rating/cast-vote.ts';
import { drawAssignments } from '../rating/draw-assignment.ts';
import { leaveStudy } from '../rating/leave-study.ts';
import type { RaterActor } from '../rating/rater-gate.ts';
import { startSession } from '../rating/start-session.ts';
import type { StudySpec } from '../schema.ts';
import { answer, type SimulatedRater, simulatedRater } from './answer.ts';
import { type QuestionTruth, type Truth, truthOfStudy } from './truth.ts';

export interface SimulateInput extends StudyAddress {
  readonly truth: Truth;
  /** Votes to cast; fewer where the study runs out of work. */
  readonly votes: number;
  readonly seed: number;
}

export interface Simulated {
  readonly votes: number;
  readonly raters: number;
  /** True where the study had no more work. */
  readonly isFull: boolean;
}

type SimulationPlatform = Pick<Platform, 'database' | 'clock' | 'secret' | 'log' | 'queue'>;

/**
 * Fills a running study with votes of simulated raters, who draw and vote by the same use cases as
 * people do. They are marked as simulated for good. One after the other, so that the same seed on the
 * same study gives the same votes.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN; CONFLICT where the study does not run, leaves simulated votes out or
 *   had this seed;
 *   BAD_INPUT for a truth that does not fit the study.
 */
export async function simulateRaters(
  platform: SimulationPlatform,
  actor: Actor,
  input: SimulateInput,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (votes: number) => void } = {},
): Promise<Simulated> {
  const { row, spec } = await findStudy(platform, actor, input, 'project.write');
  if (row.state !== 'running')
    throw new AppError('CONFLICT', `The study is ${row.state}: only a running one takes votes.`, {
      reason: 'not-running',
    });
  if (!row.countSimulated)
    throw new AppError('CONFLICT', 'The study leaves simulated votes out: take them in first.', {
      reason: 'simulated-left-out',
    });
  const questions = truthOfStudy(input.truth, spec);
  let votes = 0;
  let raters = 0;
  while (votes < input.votes) {
    options.signal?.throwIfAborted();
    const rater = simulatedRater(input.truth, input.seed, raters);
    const actor = await createRater(platform, row.id, spec, rater.seed);
    raters++;
    const before = votes;
    for await (const count of rateSession(platform, row.joinCode, actor, {
      ...{ ...input, spec, questions, rater },
      limit: input.votes - votes,
    })) {
      votes += count;
      options.onProgress?.(votes);
      options.signal?.throwIfAborted();
    }
    // The preloaded pair goes back to the others.
    await leaveStudy(platform, actor, { code: row.joinCode });
    if (votes === before) return { votes, raters, isFull: true };
  }
  return { votes, raters, isFull: false };
}

async function createRater(
  platform: SimulationPlatform,
  studyId: number,
  spec: StudySpec,
  seed: string,
): Promise<RaterActor> {
  const raterId = namedUuid(`${studyId} rater ${seed}`);
  const now = platform.clock.now();
  try {
    await withTransaction(
      async (transaction) => {
        await transaction.rater.create({
          data: {
            id: raterId,
            studyId,
            origin: 'simulated',
            externalId: seed,
            trainedAt: now,
            createdAt: now,
          },
        });
        const id = namedUuid(`${studyId} session ${seed}`);
        await startSession(transaction, { id, raterId, credited: 0, spec, now });
      },
      { database: platform.database },
    );
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002')
      throw error;
    throw new AppError(
      'CONFLICT',
      'This study has simulated votes of this seed: take another seed.',
      {
        reason: 'seed-used',
      },
    );
  }
  return { kind: 'rater', raterId, studyId };
}

interface Session {
  readonly truth: Truth;
  readonly seed: number;
  readonly spec: StudySpec;
  readonly questions: readonly QuestionTruth[];
  readonly rater: SimulatedRater;
  /** Votes to cast at most. */
  readonly limit: number;
}

/** Rates until the session, the work or the limit ends; yields the votes of each pair. */
async function* rateSession(
  platform: SimulationPlatform,
  code: string,
  actor: RaterActor,
  session: Session,
): AsyncGenerator<number> {
  const { truth, seed, spec, questions, rater } = session;
  let left = session.limit;
  while (left > 0) {
    const { assignments } = await drawAssignments(platform, actor, { code });
    const [pair] = assignments;
    if (pair === undefined) return;
    const shown = await readShown(platform, pair.id);
    let count = 0;
    for (const question of pair.questions.slice(0, left)) {
      const { outcome, decisionMs, plays, watched } = answer(
        truth,
        questions,
        seed,
        rater,
        { question, ...shown },
        spec.allowTies,
      );
      await castVote(platform, actor, {
        code,
        assignmentId: pair.id,
        ...{ question, outcome, decisionMs },
        ...{ playsLeft: plays, playsRight: plays, watchedLeft: watched, watchedRight: watched },
        ...{ screenWidth: 1280, screenHeight: 800 },
      });
      count++;
    }
    left -= count;
    yield count;
  }
}

/** What a person would see. */
async function readShown(
  { database }: Pick<Platform, 'database'>,
  assignmentId: string,
): Promise<{ prompt: string; left: string; right: string }> {
  const [row] = await database.$queryRaw<
    { prompt: string; a: string; b: string; aOnLeft: boolean }[]
  >`
    select p.key as prompt, a.name as a, b.name as b, s.a_on_left as "aOnLeft"
    from assignment s join comparison k on k.id = s.comparison_id
      join prompt p on p.id = k.prompt_id
      join arm a on a.id = k.arm_a_id join arm b on b.id = k.arm_b_id
    where s.id = ${assignmentId}::uuid`;
  if (row === undefined) throw new Error(`The assignment ${assignmentId} is gone.`);
  const { prompt, a, b, aOnLeft } = row;
  return aOnLeft ? { prompt, left: a, right: b } : { prompt, left: b, right: a };
}

/** An id made of a name, in the form of a UUID (version 8: made by the application). */
function namedUuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
