import type { ReadVersion } from '../read-version.ts';
import type { CombinedCounts, SubsetDefinition } from '../subsets/schema.ts';
import { manifestColumns } from './manifest-statement.ts';
import type { ManifestFormat } from './schema.ts';

export interface SidecarSubject {
  readonly version: ReadVersion;
  readonly subset: {
    readonly slug: string;
    readonly definitionHash: string;
    readonly clips: number;
    readonly counts: CombinedCounts | null;
  };
  readonly definition: SubsetDefinition;
  readonly format: ManifestFormat;
}

/**
 * All that says what a manifest lists and by which rule: enough to make it again. Without names that
 * people may change, times and places, so that equal clips by an equal rule give equal bytes.
 */
export function manifestFacts({ version, subset, definition, format }: SidecarSubject) {
  const scores = new Set(definition.cuts.map(({ score }) => score));
  return {
    format: 'winnow-manifest-1',
    file: format,
    columns: manifestColumns(version.columns, definition, format),
    dataset: { version: version.hash, clips: version.clips },
    subset: { hash: subset.definitionHash, clips: subset.clips, counts: subset.counts },
    definition,
    scorers: Object.fromEntries(
      Object.entries(version.lineage)
        .filter(([column]) => scores.has(column))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}
