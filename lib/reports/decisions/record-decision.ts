import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '#lib/studies/find-study.ts';
import { readStudy } from '../read-study.ts';
import { listDecisions } from './list-decisions.ts';
import { readAdvice } from './read-advice.ts';
import { levelsToDecide } from './recommend.ts';
import type { DecisionsView, NewDecision } from './schema.ts';

/**
 * Records what a person chose on a study's axis, and why, on the snapshot that they looked at. Only
 * ever added: the newest decision holds, the earlier ones stay.
 *
 * @throws AppError BAD_INPUT for a study without an axis and an arm that is not on it, NOT_FOUND for a
 *   snapshot of another study, and as `findStudy` does.
 */
export async function recordDecision(
  platform: Pick<Platform, 'database' | 'clock'>,
  actor: Actor,
  input: StudyAddress & NewDecision,
): Promise<DecisionsView> {
  await findStudy(platform, actor, input, 'project.write');
  const study = await readStudy(platform, actor, input);
  const levels = levelsToDecide(study.spec);
  if (levels.size === 0)
    throw new AppError(
      'BAD_INPUT',
      `The study "${study.title}" has no axis of levels: there is no threshold to decide.`,
      { reason: 'axis' },
    );
  const found = await readAdvice(platform, study, input.snapshot);
  if (!found) throw new AppError('NOT_FOUND', `There is no snapshot ${input.snapshot}.`);
  const arm = input.arm === null ? null : study.arms.find(({ name }) => name === input.arm);
  if (arm === undefined || (arm !== null && !levels.has(arm.name)))
    throw new AppError(
      'BAD_INPUT',
      arm === undefined
        ? `The study has no arm "${input.arm}"; choose ${listOf(levels)}, or none.`
        : `"${arm.name}" is a control or a replica and no point of the axis; choose ${listOf(levels)}, or none.`,
      { reason: 'arm', field: 'arm' },
    );
  await platform.database.decision.create({
    data: {
      studyId: study.id,
      snapshotId: found.snapshot.id,
      armId: arm?.id ?? null,
      reason: input.reason,
      rule: study.spec.decision,
      advice: found.advice,
      userId: actor.kind === 'user' ? actor.userId : null,
      createdAt: platform.clock.now(),
    },
  });
  const { project, study: slug, revision } = input;
  return listDecisions(platform, actor, { project, study: slug, revision });
}

function listOf(levels: ReadonlyMap<string, number>): string {
  return [...levels.keys()].map((name) => `"${name}"`).join(', ');
}
