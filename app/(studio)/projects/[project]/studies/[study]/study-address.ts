/** Which study a page shows: the newest revision when none is named. */
export interface StudyAddress {
  project: string;
  study: string;
  revision?: number | undefined;
}
