import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Prisma } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from './find-study.ts';
import { getStudy } from './overview/get-study.ts';
import type { StudyDetail } from './overview/schema.ts';
import { refuseUnknownPictures } from './pictures/refuse-unknown-pictures.ts';
import type { StudySpec } from './schema.ts';
import { readContent, type StudyContent } from './spec/read-content.ts';
import {
  LONG_TRANSACTION_MS,
  lockExistingStudy,
  refuseHugeGrid,
  writeStudyRows,
} from './study-rows.ts';

/**
 * Replaces a draft. Its slug can't change, since addresses and revisions hang on it.
 *
 * @throws AppError BAD_INPUT for a bad spec or another slug, CONFLICT when it is no draft any more.
 */
export async function updateDraft(
  platform: Pick<Platform, 'database' | 'queue' | 'environment'>,
  actor: Actor,
  input: StudyAddress & StudyContent,
): Promise<StudyDetail> {
  const found = await findStudy(platform, actor, input, 'project.write');
  const spec = readContent(input);
  refuseOtherSlug(found.row.slug, spec);
  refuseHugeGrid(spec);
  await refuseUnknownPictures(platform, found.row.projectId, spec);
  await platform.database.$transaction(
    async (database) => {
      const row = await lockExistingStudy(database, found.row.id);
      if (row.state !== 'draft')
        throw new AppError(
          'CONFLICT',
          `The study is ${row.state}, not a draft; revise it to change it.`,
          { reason: 'state', state: row.state },
        );
      const { id, projectId } = row;
      await database.study.update({
        where: { id },
        data: {
          kind: spec.kind,
          title: spec.title,
          seed: spec.seed,
          spec: spec satisfies StudySpec as Prisma.InputJsonObject,
        },
      });
      await writeStudyRows(platform, database, { id, projectId, spec });
    },
    { timeout: LONG_TRANSACTION_MS },
  );
  return getStudy(platform, actor, input);
}

/** @throws AppError BAD_INPUT */
export function refuseOtherSlug(slug: string, spec: StudySpec): void {
  if (spec.slug !== slug)
    throw new AppError(
      'BAD_INPUT',
      `The slug of this study is "${slug}" and can't become "${spec.slug}"; duplicate the study instead.`,
      { reason: 'slug' },
    );
}
