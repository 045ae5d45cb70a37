import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Prisma, Transaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { insertStudy } from './create-study.ts';
import { findStudy } from './find-study.ts';
import { getStudy } from './overview/get-study.ts';
import type { StudyDetail } from './overview/schema.ts';
import { refuseUnknownPictures } from './pictures/refuse-unknown-pictures.ts';
import { type StudySpec, studySpecSchema } from './schema.ts';
import { readContent, type StudyContent } from './spec/read-content.ts';
import { LONG_TRANSACTION_MS, lockExistingStudy, refuseHugeGrid } from './study-rows.ts';
import { refuseOtherSlug } from './update-draft.ts';

/** What may change under way, since neither what is compared nor what is asked depends on it. */
const LIGHT = [
  'title',
  'description',
  'maxPairsPerRater',
  'session',
  'leaseSeconds',
  'completion',
] as const satisfies readonly (keyof StudySpec)[];

/**
 * Changes a study that has opened. Titles, sessions, caps and more votes a cell are changed in place.
 * Anything else, arms and prompts above all, makes the next revision: a draft with the same links,
 * whose opening closes this one. Votes stay with the revision in which they were cast.
 *
 * @throws AppError CONFLICT for a draft (update it) or when nothing would change.
 */
export async function reviseStudy(
  platform: Pick<Platform, 'database' | 'queue' | 'clock' | 'environment'>,
  actor: Actor,
  input: { readonly project: string; readonly study: string } & StudyContent,
): Promise<StudyDetail> {
  const { row } = await findStudy(platform, actor, input, 'project.write');
  const spec = readContent(input);
  refuseOtherSlug(row.slug, spec);
  refuseHugeGrid(spec);
  await refuseUnknownPictures(platform, row.projectId, spec);
  await platform.database.$transaction(
    async (database) => {
      const study = await lockExistingStudy(database, row.id);
      if (study.state === 'draft')
        throw new AppError('CONFLICT', 'The study is a draft; update it instead of revising it.', {
          reason: 'state',
        });
      const before = studySpecSchema.parse(study.spec);
      const change = compareSpecs(before, spec);
      if (change === 'none')
        throw new AppError('CONFLICT', 'Nothing differs from the study as it is.', {
          reason: 'unchanged',
        });
      if (change === 'light' && study.state !== 'closed')
        await changeInPlace(database, study.id, spec);
      else
        await insertStudy(platform, database, {
          projectId: study.projectId,
          revision: study.revision + 1,
          spec,
          codes: study,
        });
    },
    { timeout: LONG_TRANSACTION_MS },
  );
  return getStudy(platform, actor, { project: input.project, study: input.study });
}

/** How far two specs are apart. Fewer votes a cell than before is not light: counts may be above. */
export function compareSpecs(before: StudySpec, after: StudySpec): 'none' | 'light' | 'heavy' {
  const same = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
  if (same(before, after)) return 'none';
  const light = Object.fromEntries(LIGHT.map((name) => [name, null]));
  const votesPerCell = after.votesPerCell >= before.votesPerCell ? 0 : after.votesPerCell;
  const rest = (spec: StudySpec, votes: number) => ({ ...spec, ...light, votesPerCell: votes });
  return same(rest(before, 0), rest(after, votesPerCell)) ? 'light' : 'heavy';
}

async function changeInPlace(
  database: Transaction,
  studyId: number,
  spec: StudySpec,
): Promise<void> {
  await database.study.update({
    where: { id: studyId },
    data: { title: spec.title, spec: spec satisfies StudySpec as Prisma.InputJsonObject },
  });
  await database.cell.updateMany({
    where: { studyId, kind: 'regular', wanted: { lt: spec.votesPerCell } },
    data: { wanted: spec.votesPerCell },
  });
}

/** Objects with their keys in one order, since PostgreSQL keeps its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
