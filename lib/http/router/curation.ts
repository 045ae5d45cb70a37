import { listScorers } from '#lib/curation/list-scorers.ts';
import { cancelRun } from '#lib/curation/runs/cancel-run.ts';
import { createVideoRun } from '#lib/curation/runs/create-run.ts';
import { finishRun } from '#lib/curation/runs/finish-run.ts';
import { getRun } from '#lib/curation/runs/get-run.ts';
import { listFaults } from '#lib/curation/runs/list-faults.ts';
import { listRuns } from '#lib/curation/runs/list-runs.ts';
import { pauseRun } from '#lib/curation/runs/pause-run.ts';
import { resumeRun } from '#lib/curation/runs/resume-run.ts';
import { retryRun } from '#lib/curation/runs/retry-run.ts';
import { curateVersion } from '#lib/datasets/curate-version.ts';
import { base } from './base.ts';

export const curationRouter = base.curation.router({
  scorers: base.curation.scorers.handler(({ context: { platform, actor }, input }) =>
    listScorers(platform, actor, input.project),
  ),
  list: base.curation.list.handler(({ context: { platform, actor }, input }) =>
    listRuns(platform, actor, input),
  ),
  create: base.curation.create.handler(({ context: { platform, actor }, input }) =>
    input.source.kind === 'dataset'
      ? curateVersion(platform, actor, input)
      : createVideoRun(platform, actor, input),
  ),
  get: base.curation.get.handler(({ context: { platform, actor }, input }) =>
    getRun(platform, actor, input),
  ),
  faults: base.curation.faults.handler(({ context: { platform, actor }, input }) =>
    listFaults(platform, actor, input),
  ),
  pause: base.curation.pause.handler(({ context: { platform, actor }, input }) =>
    pauseRun(platform, actor, input),
  ),
  resume: base.curation.resume.handler(({ context: { platform, actor }, input }) =>
    resumeRun(platform, actor, input),
  ),
  cancel: base.curation.cancel.handler(({ context: { platform, actor }, input }) =>
    cancelRun(platform, actor, input),
  ),
  retry: base.curation.retry.handler(({ context: { platform, actor }, input }) =>
    retryRun(platform, actor, input),
  ),
  finish: base.curation.finish.handler(({ context: { platform, actor }, input }) =>
    finishRun(platform, actor, input),
  ),
});
