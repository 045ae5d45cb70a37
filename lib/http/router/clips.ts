import { countClips } from '#lib/datasets/clips/count-clips.ts';
import { getClips } from '#lib/datasets/clips/get-clips.ts';
import { listClips } from '#lib/datasets/clips/list-clips.ts';
import { exportCorrelations, exportHistogram } from '#lib/datasets/profile/export-figure.ts';
import { getProfile } from '#lib/datasets/profile/get-profile.ts';
import { base } from './base.ts';

// Whoever goes away ends the look into the table.
export const clipsRouter = base.clips.router({
  list: base.clips.list.handler(({ context: { platform, actor }, input, signal }) =>
    listClips(platform, actor, input, signal),
  ),
  count: base.clips.count.handler(({ context: { platform, actor }, input, signal }) =>
    countClips(platform, actor, input, signal),
  ),
  byUid: base.clips.byUid.handler(({ context: { platform, actor }, input, signal }) =>
    getClips(platform, actor, input, signal),
  ),
});

export const profilesRouter = base.profiles.router({
  get: base.profiles.get.handler(({ context: { platform, actor }, input }) =>
    getProfile(platform, actor, input),
  ),
  histogram: base.profiles.histogram.handler(({ context: { platform, actor }, input }) =>
    exportHistogram(platform, actor, input),
  ),
  correlations: base.profiles.correlations.handler(({ context: { platform, actor }, input }) =>
    exportCorrelations(platform, actor, input),
  ),
});
