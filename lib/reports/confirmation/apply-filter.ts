import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { VersionAddress } from '#lib/datasets/find-version.ts';
import { combineCuts } from '#lib/datasets/subsets/combine-cuts.ts';
import type { CaptionMix } from '#lib/datasets/subsets/schema.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { linkAxes } from './link-axes.ts';
import type { CombinedResult, FilterLinks, NewCombinedFilter } from './schema.ts';

/**
 * Makes the subset of a dataset that all decided filters of the project keep together, with the decided
 * mix of captions, and a random drop to the same size. Asking again gives the same.
 *
 * @throws AppError BAD_INPUT for an axis that is not decided or has no cut at the decided fraction; and
 *   as `combineCuts` does
 */
export async function applyFilter(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables'>,
  actor: Actor,
  input: VersionAddress & NewCombinedFilter,
): Promise<CombinedResult> {
  const { project, dataset, version: asked, name, links, withMix, seed } = input;
  const known = await linkAxes(platform, actor, { project, dataset, version: asked });
  const { version } = known;
  const parts = links.map((link) => partOf(known, link));
  const captionMix = withMix ? mixOf(known, seed) : null;
  if (parts.length === 0 && captionMix === null)
    throw new AppError(
      'BAD_INPUT',
      'Nothing is decided that could be applied: choose an axis of the dataset for a decided axis.',
      { reason: 'links', field: 'links' },
    );
  const made = await combineCuts(platform, actor, {
    project,
    dataset,
    version,
    name,
    parts,
    captionMix,
    hasControl: true,
  });
  return { ...made, dataset, version };
}

function partOf(
  { axes, options }: FilterLinks,
  { axis: name, datasetAxis }: NewCombinedFilter['links'][number],
): { axis: string; fraction: number } {
  const refuse = (message: string) =>
    new AppError('BAD_INPUT', message, { reason: 'links', field: 'links' });
  const axis = axes.find((decided) => decided.name === name);
  if (!axis) throw refuse(`No fraction is decided on an axis named "${name}".`);
  const option = options.find(({ slug }) => slug === datasetAxis);
  if (!option) throw refuse(`The dataset has no computed axis "${datasetAxis}".`);
  const fraction = option.fractions.find(
    (known) => Math.abs(known - axis.removedFraction) < FRACTION_SLACK,
  );
  if (fraction === undefined)
    throw refuse(
      `The axis "${option.name}" has no cut at ${percent(axis.removedFraction)}, which was decided; it has ${option.fractions.map(percent).join(', ')}.`,
    );
  return { axis: option.slug, fraction };
}

/** A level that a person wrote by hand may be a third of a per cent cut short. */
const FRACTION_SLACK = 1e-6;

function mixOf({ mix }: FilterLinks, seed: number): CaptionMix | null {
  if (!mix) return null;
  if (mix.lacking.length > 0)
    throw new AppError(
      'BAD_INPUT',
      `The dataset lacks captions of the decided mix: ${mix.lacking.join(', ')}. Leave the mix out, or take a version that has them.`,
      { reason: 'mix', field: 'withMix' },
    );
  return { columns: mix.columns.map(({ column, share }) => ({ column, weight: share })), seed };
}

const percent = (share: number): string => `${+(100 * share).toFixed(2)} %`;
