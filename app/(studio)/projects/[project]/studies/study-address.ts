/** Which study a page is about; without a revision the newest one. */
export interface StudyAddress {
  project: string;
  study: string;
  revision?: number | undefined;
}

/** The address of a part of a study's pages; stays within the revision that is looked at. */
export function studyHref({ project, study, revision }: StudyAddress, part = ''): string {
  const path = `/projects/${project}/studies/${study}${part}`;
  return revision === undefined ? path : `${path}?revision=${revision}`;
}

/** The revision in a page's query; undefined where none, or no number, is named. */
export function readRevision(value: string | string[] | null | undefined): number | undefined {
  const revision = Number(value);
  return Number.isInteger(revision) && revision > 0 ? revision : undefined;
}
