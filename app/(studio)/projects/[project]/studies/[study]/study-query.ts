import { queries } from '#lib/client/queries.ts';
import type { StudyAddress } from '../study-address.ts';

/** While votes or videos come in, a study is looked at again this often. */
const LIVE_MS = 4_000;
/** Counting a study of more votes than this takes long enough to ask for it less often. */
const LARGE_VOTES = 500_000;
const LARGE_LIVE_MS = 30_000;

/** A study's detail; every page of it shares one copy, which stays fresh while something moves. */
export function studyQuery(address: StudyAddress) {
  return queries.studies.get.queryOptions({
    input: address,
    refetchInterval: ({ state: { data } }) =>
      data?.state === 'running' || (data?.state === 'draft' && data.progress.renditions.waiting > 0)
        ? data.wanted > LARGE_VOTES
          ? LARGE_LIVE_MS
          : LIVE_MS
        : false,
  });
}

/** The newest look at an open study's votes. */
export function watchQuery(address: StudyAddress) {
  return queries.studies.watch.queryOptions({
    input: address,
    refetchInterval: ({ state: { data } }) =>
      data?.state === 'running' || data?.isStale ? LIVE_MS : false,
  });
}

/** The checklist of a draft. */
export function checklistQuery(address: StudyAddress) {
  return queries.studies.checklist.queryOptions({
    input: address,
    refetchInterval: ({ state: { data } }) =>
      data?.items.some((item) => item.severity === 'waiting') ? LIVE_MS : false,
  });
}
