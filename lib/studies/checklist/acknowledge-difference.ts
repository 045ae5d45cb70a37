import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Prisma } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { findSources } from '../renditions/find-sources.ts';
import { differencesOf, makeChecklist } from './check-study.ts';
import type { Checklist } from './schema.ts';

/**
 * Accepts one difference between the arms of a draft, with the reason that the report prints. It holds
 * for the values of now: when they change, the study asks again.
 *
 * @throws AppError NOT_FOUND when the arms don't differ in this, CONFLICT when the study has opened.
 */
export async function acknowledgeDifference(
  platform: Pick<Platform, 'database' | 'clock'>,
  actor: Actor,
  input: StudyAddress & { readonly field: string; readonly reason: string },
): Promise<Checklist> {
  const { row, spec } = await findStudy(platform, actor, input, 'project.write');
  if (row.state !== 'draft')
    throw new AppError('CONFLICT', `The study is ${row.state}; differences are accepted before.`, {
      reason: 'state',
    });
  const sources = await findSources(platform.database, row.projectId, spec);
  const difference = differencesOf(spec, sources).find((one) => one.field === input.field);
  if (!difference)
    throw new AppError('NOT_FOUND', `The arms of this study don't differ in "${input.field}".`, {
      reason: 'difference',
    });
  const content = {
    values: difference.values.map(({ value, arms }) => ({
      value,
      arms: [...arms],
    })) satisfies Prisma.InputJsonValue,
    reason: input.reason,
    userId: actor.kind === 'user' ? actor.userId : null,
    createdAt: platform.clock.now(),
  };
  const key = { studyId: row.id, field: input.field };
  await platform.database.acknowledgement.upsert({
    where: { studyId_field: key },
    create: { ...key, ...content },
    update: content,
  });
  return makeChecklist(platform.database, { ...row, spec });
}
