import type { Actor } from '#lib/accounts/actor.ts';
import { slugOf } from '#lib/accounts/slug.ts';
import { listAxes } from '#lib/datasets/axes/list-axes.ts';
import type { VersionAddress } from '#lib/datasets/find-version.ts';
import { readVersion } from '#lib/datasets/read-version.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { combineFilter } from '../decisions/combined-filter.ts';
import type { CombinedFilter } from '../decisions/schema.ts';
import type { FilterLinks } from './schema.ts';

/**
 * Which axis of a dataset each decided axis of the project is: the one that its study names, else the
 * one of the same name. A person may choose otherwise.
 *
 * @throws AppError NOT_FOUND, or CONFLICT where the version is not done
 */
export async function linkAxes(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: VersionAddress,
): Promise<FilterLinks> {
  const version = await readVersion(platform, actor, address);
  const filter = await combineFilter(platform, actor, { project: address.project });
  const all = await listAxes(platform, actor, { ...address, version: version.number });
  const options = all
    .filter(({ state }) => state === 'done')
    .map(({ slug, name, definition: { fractions } }) => ({ slug, name, fractions }));
  const captions = version.columns.filter(({ kind }) => kind === 'caption');
  return {
    dataset: version.dataset.slug,
    version: version.number,
    axes: filter.axes.map((axis) => ({
      name: axis.name,
      study: axis.study,
      revision: axis.revision,
      removedFraction: axis.removedFraction,
      suggested: suggestAxis(axis, version.dataset.slug, options),
    })),
    options,
    mix: filter.captionMix && {
      columns: filter.captionMix.columns.map(({ column, share }) => ({ column, share })),
      lacking: filter.captionMix.columns
        .map(({ column }) => column)
        .filter((column) => !captions.some(({ name }) => name === column)),
    },
  };
}

/** The axis that the study names, where it is of this dataset; else the one of the same name. */
export function suggestAxis(
  { name, dataset: stated }: Pick<CombinedFilter['axes'][number], 'name' | 'dataset'>,
  dataset: string,
  options: readonly { slug: string; name: string }[],
): string | null {
  if (stated?.dataset === dataset && options.some(({ slug }) => slug === stated.axis))
    return stated.axis;
  const wished = slugOf(name, 'axis');
  const found = options.find(
    (option) => option.slug === wished || slugOf(option.name, 'axis') === wished,
  );
  return found?.slug ?? null;
}
