import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudySpec } from '../schema.ts';

/** @throws AppError BAD_INPUT naming the first prompt whose picture the project doesn't have. */
export async function refuseUnknownPictures(
  platform: Pick<Platform, 'database'>,
  projectId: number,
  spec: StudySpec,
): Promise<void> {
  const hashes = [...new Set(spec.prompts.flatMap((prompt) => prompt.images))];
  if (hashes.length === 0) return;
  const rows = await platform.database.picture.findMany({
    where: { projectId, hash: { in: hashes } },
    select: { hash: true },
  });
  const known = new Set(rows.map((row) => row.hash));
  const problems = spec.prompts.flatMap((prompt, index) =>
    prompt.images.flatMap((hash, place) =>
      known.has(hash)
        ? []
        : `prompts[${index}].images[${place}]: the project has no picture ${hash}; add it first`,
    ),
  );
  if (problems.length > 0)
    throw new AppError('BAD_INPUT', `This is not a study yet. ${problems[0]}`, {
      reason: 'spec',
      problems: problems.slice(0, 50),
    });
}
