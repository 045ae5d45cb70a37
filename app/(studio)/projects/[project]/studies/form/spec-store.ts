import type { StudySpec } from '#lib/studies/schema.ts';

/** The study that is edited, and how a part changes it. */
export interface SpecStore {
  spec: StudySpec;
  change: (patch: Partial<StudySpec>) => void;
}

/** A copy of a list with one item replaced. */
export function replaceAt<T>(items: readonly T[], index: number, item: T): T[] {
  return items.map((before, at) => (at === index ? item : before));
}

/** A copy of a list without one item. */
export function removeAt<T>(items: readonly T[], index: number): T[] {
  return items.filter((_, at) => at !== index);
}
