import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { dataFigure } from '../figures/data-figure.ts';
import type { VersionAddress } from '../find-version.ts';
import { getProfile } from './get-profile.ts';
import type { Profile } from './schema.ts';

type Doors = Pick<Platform, 'database' | 'queue'>;
type FigureInput = VersionAddress & { width: number; format: 'svg' | 'png' };

/**
 * The histogram of a score as a file.
 *
 * @throws AppError NOT_FOUND; CONFLICT where the version is not described yet
 */
export async function exportHistogram(
  platform: Doors,
  actor: Actor,
  input: FigureInput & { score: string },
): Promise<File> {
  const { profile, version } = await described(platform, actor, input);
  const score = profile.scores.find(({ name }) => name === input.score);
  if (!score)
    throw new AppError('NOT_FOUND', `The dataset "${input.dataset}" has no score ${input.score}.`);
  return dataFigure(`${input.dataset}-v${version}-${input.score}`, {
    source: { figure: 'histogram', score },
    width: input.width,
    format: input.format,
  });
}

/** The correlations between the scores as a file. @throws AppError as `exportHistogram` */
export async function exportCorrelations(
  platform: Doors,
  actor: Actor,
  input: FigureInput,
): Promise<File> {
  const { profile, version } = await described(platform, actor, input);
  const { correlations } = profile;
  if (correlations === null)
    throw new AppError('NOT_FOUND', 'Correlations need two scores; this version has fewer.');
  return dataFigure(`${input.dataset}-v${version}-correlations`, {
    source: { figure: 'correlations', correlations },
    width: input.width,
    format: input.format,
  });
}

async function described(
  platform: Doors,
  actor: Actor,
  input: VersionAddress,
): Promise<{ version: number; profile: Profile }> {
  const { version, profile } = await getProfile(platform, actor, input);
  if (profile === null)
    throw new AppError(
      'CONFLICT',
      `Version ${version} of the dataset "${input.dataset}" is still being described: try again soon.`,
      { reason: 'not-described' },
    );
  return { version, profile };
}
