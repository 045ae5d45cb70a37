import { AppError } from '#lib/core/errors.ts';
import type { Prisma } from '#lib/platform/database/client.ts';
import { studySpecSchema } from '../schema.ts';
import { LONG_TRANSACTION_MS, lockStudy } from '../study-rows.ts';
import { type FixedProfile, profileKey } from './profile.ts';
import { type RenderDeps, renderVideo } from './render-video.ts';
import { setWireBytes, syncRenditions } from './sync-renditions.ts';

/** Padded lengths are brought up to date this often, so that a trial can begin early. */
const SETTLE_EVERY = 20;

/** Errors that speak about the file: it failed. Others, such as a full disk, end the job for a retry. */
const FAULTS_OF_THE_FILE = new Set(['BAD_INPUT', 'NOT_FOUND', 'TOO_LARGE']);

/** A draft as it was when its renditions were listed; a changed one is listed again. */
interface Prepared {
  readonly studyId: number;
  readonly version: string;
  readonly profile: FixedProfile;
}

type Outcome = Prisma.RenditionUpdateManyMutationInput;

/**
 * Brings every waiting rendition of a draft to the common form, one original at a time. Whatever
 * stops it, it goes on from there: what is made is in the database, and a copy that exists in the
 * installation is taken instead of made again. A video that fails is recorded with its reason, the
 * rest goes on. A draft that is changed meanwhile is looked at anew.
 *
 * @throws the signal's reason when it is aborted; any error that is not a file's own fault.
 */
export async function renderStudy(
  deps: RenderDeps,
  studyId: number,
  signal: AbortSignal,
): Promise<void> {
  let prepared = await prepare(deps, studyId);
  for (let done = 1; prepared; done++) {
    signal.throwIfAborted();
    const next = await deps.database.rendition.findFirst({
      where: { studyId, state: 'waiting' },
      orderBy: [{ prompt: { position: 'asc' } }, { arm: { position: 'asc' } }],
      select: { sourceHash: true },
    });
    if (!next || done % SETTLE_EVERY === 0) await setWireBytes(deps.database, studyId);
    if (!next) return;
    const outcome = await outcomeOf(deps, next.sourceHash, prepared, signal);
    if (!(await record(deps, prepared, next.sourceHash, outcome)))
      prepared = await prepare(deps, studyId);
  }
}

/** Takes in what the imports have now. Null when there is nothing to do: no video, or no draft. */
async function prepare(deps: RenderDeps, studyId: number): Promise<Prepared | null> {
  return deps.database.$transaction(
    async (database) => {
      const study = await lockStudy(database, studyId);
      if (study?.state !== 'draft') return null;
      const spec = studySpecSchema.parse(study.spec);
      const { profile, waiting } = await syncRenditions(database, { ...study, spec });
      return profile && waiting > 0 ? { studyId, version: study.version, profile } : null;
    },
    { timeout: LONG_TRANSACTION_MS },
  );
}

async function outcomeOf(
  deps: RenderDeps,
  sourceHash: string,
  { studyId, profile }: Prepared,
  signal: AbortSignal,
): Promise<Outcome> {
  const key = profileKey(profile);
  try {
    const made = await renderVideo(deps, sourceHash, profile, signal);
    const { hash, bytes, posterHash, sheetHash } = made;
    const transform = { ...(made.transform as Prisma.JsonObject), profileKey: key };
    return { state: 'ready', reason: null, hash, bytes, posterHash, sheetHash, transform };
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError) || !FAULTS_OF_THE_FILE.has(error.code))
      throw error;
    deps.log.info({ studyId, sourceHash, reason: error.message }, 'a video could not be rendered');
    return { state: 'failed', reason: error.message, transform: { profileKey: key } };
  }
}

/** Gives the outcome to all renditions that wait for this original; false when the study changed. */
async function record(
  deps: RenderDeps,
  { studyId, version }: Prepared,
  sourceHash: string,
  outcome: Outcome,
): Promise<boolean> {
  return deps.database.$transaction(async (database) => {
    if ((await lockStudy(database, studyId))?.version !== version) return false;
    await database.rendition.updateMany({
      where: { studyId, sourceHash, state: 'waiting' },
      data: outcome,
    });
    return true;
  });
}
