import type { Exclusion } from './schema.ts';

/** What a study's rankings leave out under its present vote sources. */
export function exclusionOf(study: {
  readonly countSimulated: boolean;
  readonly countImported: boolean;
}): Exclusion {
  return { simulated: !study.countSimulated, imported: !study.countImported };
}
