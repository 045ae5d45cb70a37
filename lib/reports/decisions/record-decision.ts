import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { Prisma } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '#lib/studies/find-study.ts';
import { type ReadableStudy, readStudy } from '../read-study.ts';
import { listDecisions } from './list-decisions.ts';
import {
  readAdvice,
  readSnapshotVotes,
  type SnapshotAdvice,
  type SnapshotVotes,
} from './read-advice.ts';
import { captionersToMix, levelsToDecide } from './recommend.ts';
import type { Advice, DecisionsView, Mix, NewDecision } from './schema.ts';

/**
 * Records what a person chose on a study's axis, or which mix of captioners, and why, on the snapshot
 * that they looked at. Only ever added: the newest decision holds, the earlier ones stay.
 *
 * @throws AppError BAD_INPUT for a study with nothing to decide, an arm that is not on its axis and a
 *   mix of others than its captioners, NOT_FOUND for a snapshot of another study, and as `findStudy`
 *   does.
 */
export async function recordDecision(
  platform: Pick<Platform, 'database' | 'clock'>,
  actor: Actor,
  input: StudyAddress & NewDecision,
): Promise<DecisionsView> {
  await findStudy(platform, actor, input, 'project.write');
  const study = await readStudy(platform, actor, input);
  const captioners = captionersToMix(study.spec);
  const chosen =
    captioners.length > 0
      ? { armId: null, mix: expectMix(captioners, input) }
      : { armId: expectArm(study, input)?.id ?? null, mix: null };
  const found =
    captioners.length > 0
      ? await readSnapshotVotes(platform, study, input.snapshot)
      : await readAdvice(platform, study, input.snapshot);
  if (!found) throw new AppError('NOT_FOUND', `There is no snapshot ${input.snapshot}.`);
  await platform.database.decision.create({
    data: {
      studyId: study.id,
      snapshotId: found.snapshot.id,
      armId: chosen.armId,
      mix: chosen.mix ?? Prisma.DbNull,
      reason: input.reason,
      rule: study.spec.decision,
      advice: adviceOf(found) ?? Prisma.JsonNull,
      userId: actor.kind === 'user' ? actor.userId : null,
      createdAt: platform.clock.now(),
    },
  });
  const { project, study: slug, revision } = input;
  return listDecisions(platform, actor, { project, study: slug, revision });
}

function adviceOf(found: SnapshotVotes | SnapshotAdvice): Advice | null {
  return 'advice' in found ? found.advice : null;
}

/** The chosen arm, which is a point of the axis; null where it was left open on purpose. */
function expectArm(study: ReadableStudy, { arm: name, mix }: Pick<NewDecision, 'arm' | 'mix'>) {
  const levels = levelsToDecide(study.spec);
  if (levels.size === 0)
    throw new AppError(
      'BAD_INPUT',
      `The study "${study.title}" has no axis of levels: there is no threshold to decide.`,
      { reason: 'axis' },
    );
  if (mix !== null)
    throw new AppError('BAD_INPUT', 'A mix is decided in a study of captions; choose an arm.', {
      reason: 'mix',
      field: 'mix',
    });
  if (name === null) return null;
  const arm = study.arms.find((known) => known.name === name);
  if (arm && levels.has(arm.name)) return arm;
  throw new AppError(
    'BAD_INPUT',
    arm === undefined
      ? `The study has no arm "${name}"; choose ${listOf([...levels.keys()])}, or none.`
      : `"${arm.name}" is a control or a replica and no point of the axis; choose ${listOf([...levels.keys()])}, or none.`,
    { reason: 'arm', field: 'arm' },
  );
}

/** The shares of captioners of the study; null where they were left open on purpose. */
function expectMix(
  captioners: readonly string[],
  { arm, mix }: Pick<NewDecision, 'arm' | 'mix'>,
): Mix | null {
  if (arm !== null)
    throw new AppError('BAD_INPUT', 'Captioners are decided as a mix: give each its share.', {
      reason: 'mix',
      field: 'arm',
    });
  const unknown = mix?.find((part) => !captioners.includes(part.arm));
  if (unknown)
    throw new AppError(
      'BAD_INPUT',
      `"${unknown.arm}" is no captioner of this study; choose from ${listOf(captioners)}.`,
      { reason: 'mix', field: 'mix' },
    );
  return mix;
}

function listOf(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
