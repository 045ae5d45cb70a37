import { randomBytes } from 'node:crypto';
import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import { Prisma, type Transaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { getStudy } from './overview/get-study.ts';
import type { StudyDetail } from './overview/schema.ts';
import { refuseUnknownPictures } from './pictures/refuse-unknown-pictures.ts';
import type { StudySpec } from './schema.ts';
import { readContent, type StudyContent } from './spec/read-content.ts';
import { LONG_TRANSACTION_MS, refuseHugeGrid, writeStudyRows } from './study-rows.ts';

type Needs = Pick<Platform, 'database' | 'queue' | 'clock' | 'environment'>;

/**
 * Creates a study as a draft and asks for its videos to be made.
 *
 * @throws AppError BAD_INPUT with `data.problems` for a spec that isn't one, CONFLICT for a slug that
 *   is taken, NOT_FOUND or FORBIDDEN by the project.
 */
export async function createStudy(
  platform: Needs,
  actor: Actor,
  input: { readonly project: string } & StudyContent,
): Promise<StudyDetail> {
  const project = await authorizeProject(platform, actor, input.project, 'project.write');
  const spec = readContent(input);
  refuseHugeGrid(spec);
  await refuseUnknownPictures(platform, project.id, spec);
  await platform.database.$transaction(
    (database) => insertStudy(platform, database, { projectId: project.id, revision: 1, spec }),
    { timeout: LONG_TRANSACTION_MS },
  );
  return getStudy(platform, actor, { project: input.project, study: spec.slug });
}

interface NewStudy {
  readonly projectId: number;
  readonly revision: number;
  readonly spec: StudySpec;
  /** Kept by later revisions, so that links that were handed out go on working. */
  readonly codes?: { readonly joinCode: string; readonly trialCode: string };
}

/** One row of a study with all that hangs on it. */
export async function insertStudy(
  platform: Pick<Platform, 'queue' | 'clock'>,
  database: Transaction,
  { projectId, revision, spec, codes }: NewStudy,
): Promise<number> {
  try {
    const row = await database.study.create({
      data: {
        projectId,
        revision,
        slug: spec.slug,
        kind: spec.kind,
        title: spec.title,
        spec: spec satisfies StudySpec as Prisma.InputJsonObject,
        seed: spec.seed,
        joinCode: codes?.joinCode ?? newCode(),
        trialCode: codes?.trialCode ?? newCode(),
        createdAt: platform.clock.now(),
      },
    });
    await writeStudyRows(platform, database, { id: row.id, projectId, spec });
    return row.id;
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
      throw new AppError(
        'CONFLICT',
        `The project already has a study "${spec.slug}"; choose another slug.`,
        { reason: 'slug', slug: spec.slug },
      );
    throw error;
  }
}

/** 96 random bits: the secret part of a link. */
function newCode(): string {
  return randomBytes(12).toString('base64url');
}
