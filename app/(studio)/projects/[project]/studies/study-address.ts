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
  return readNumber(value);
}

/** The id of the snapshot that a frozen report shows; undefined for the newest report. */
export function readSnapshot(value: string | string[] | null | undefined): number | undefined {
  return readNumber(value);
}

function readNumber(value: string | string[] | null | undefined): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}
