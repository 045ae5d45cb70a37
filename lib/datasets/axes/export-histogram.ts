import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { dataFigure } from '../figures/data-figure.ts';
import { getProfile } from '../profile/get-profile.ts';
import { type AxisAddress, findAxis } from './find-axis.ts';
import { axisDefinitionSchema, axisResultSchema } from './schema.ts';

/**
 * The histogram of an axis's score with its cuts, as a file.
 *
 * @throws AppError NOT_FOUND; CONFLICT where the version is not described yet
 */
export async function exportAxisHistogram(
  platform: Pick<Platform, 'database' | 'queue'>,
  actor: Actor,
  input: AxisAddress & { width: number; format: 'svg' | 'png' },
): Promise<File> {
  const { row, version } = await findAxis(platform, actor, input, 'project.read');
  const address = { ...input, version: version.number };
  const { profile } = await getProfile(platform, actor, address);
  const { score: name, direction } = axisDefinitionSchema.parse(row.definition);
  const score = profile?.scores.find((each) => each.name === name);
  if (!score)
    throw new AppError('CONFLICT', 'The scores are still being described: try again soon.', {
      reason: 'not-described',
    });
  const result = axisResultSchema.nullable().parse(row.result);
  const cuts = (result?.fractions ?? []).flatMap(({ fraction, cut }) =>
    cut === null || cut.value === null
      ? []
      : [{ value: cut.value, label: `${Math.round(fraction * 10_000) / 100} %` }],
  );
  const title = `${row.name}: what each cut drops`;
  return dataFigure(`${input.dataset}-v${version.number}-${row.slug}`, {
    source: { figure: 'histogram', score, title, cuts, removed: direction },
    width: input.width,
    format: input.format,
  });
}
