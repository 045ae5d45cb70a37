import { controlLabel } from '../subsets/hash-texts.ts';
import type { SubsetDefinition } from '../subsets/schema.ts';
import type { AxisCuts } from './compute-cuts.ts';
import type { AxisDefinition } from './schema.ts';

/** A subset before it is kept: its short name, what its name says of it, and its rule. */
export interface DefinedSubset {
  readonly slug: string;
  /** Follows the axis's name. */
  readonly title: string;
  readonly definition: SubsetDefinition;
  readonly clips: number;
}

/** The subset of each fraction of an axis, and the random drop of the same size where there is one. */
export function subsetsOfAxis(
  slug: string,
  { score, direction, missing, hasControl }: AxisDefinition,
  { sample, sampled, fractions }: Pick<AxisCuts, 'sample' | 'sampled' | 'fractions'>,
): { kept: DefinedSubset; control: DefinedSubset | null }[] {
  return fractions.map(({ fraction, removed, cut, controlThreshold }) => {
    const name = subsetSlug(slug, fraction);
    const percent = `${percentText(fraction)} %`;
    const clips = sampled - removed;
    const kept = {
      slug: name,
      title: fraction === 0 ? 'nothing dropped' : `${percent} dropped`,
      clips,
      definition: {
        sample,
        cuts: [{ axis: slug, score, direction, missing, fraction, cut }],
        control: null,
        captionMix: null,
      },
    };
    if (!hasControl || fraction === 0) return { kept, control: null };
    const label = controlLabel(slug, fraction);
    const control = {
      slug: `${name}-random`,
      title: `${percent} dropped at random`,
      clips,
      definition: {
        sample,
        cuts: [],
        control: { label, removed, threshold: controlThreshold },
        captionMix: null,
      },
    };
    return { kept, control };
  });
}

/** The short name of an axis's subset: `aes-12p5` drops 12.5 %. */
export function subsetSlug(axis: string, fraction: number): string {
  return `${axis}-${percentText(fraction).replace('.', 'p')}`;
}

function percentText(fraction: number): string {
  return String(Math.round(fraction * 10_000) / 100);
}
