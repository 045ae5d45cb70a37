import type { ReadableStudy } from './read-study.ts';
import type { StudyHead } from './schema.ts';

/** What every report says of its study. */
export function studyHead(study: ReadableStudy): StudyHead {
  const { id, slug, title, revision, kind, state, spec } = study;
  return { id, slug, title, revision, kind, state, axis: spec.axis, allowTies: spec.allowTies };
}
