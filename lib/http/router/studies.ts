import { archiveStudy } from '#lib/studies/archive-study.ts';
import { acknowledgeDifference } from '#lib/studies/checklist/acknowledge-difference.ts';
import { checkStudy } from '#lib/studies/checklist/check-study.ts';
import { closeStudy } from '#lib/studies/close-study.ts';
import { createStudy } from '#lib/studies/create-study.ts';
import { deleteDraft } from '#lib/studies/delete-draft.ts';
import { duplicateStudy } from '#lib/studies/duplicate-study.ts';
import { openStudy } from '#lib/studies/opening/open-study.ts';
import { getStudy } from '#lib/studies/overview/get-study.ts';
import { listStudies } from '#lib/studies/overview/list-studies.ts';
import { readProgress } from '#lib/studies/overview/read-progress.ts';
import { studyGrid } from '#lib/studies/overview/study-grid.ts';
import { pauseStudy } from '#lib/studies/pause-study.ts';
import { addPicture } from '#lib/studies/pictures/add-picture.ts';
import { excludeRater } from '#lib/studies/quality/exclude-rater.ts';
import { includeRater } from '#lib/studies/quality/include-rater.ts';
import { listRaters } from '#lib/studies/quality/list-raters.ts';
import { renewRenditions } from '#lib/studies/renditions/renew-renditions.ts';
import { resumeStudy } from '#lib/studies/resume-study.ts';
import { reviseStudy } from '#lib/studies/revise-study.ts';
import { importScores } from '#lib/studies/scores/import-scores.ts';
import { setVoteSources } from '#lib/studies/set-vote-sources.ts';
import { checkSpec, readSpec } from '#lib/studies/spec/read-spec.ts';
import { suggestSpec } from '#lib/studies/spec/suggest-spec.ts';
import { updateDraft } from '#lib/studies/update-draft.ts';
import { importVotes } from '#lib/studies/votes/import-votes.ts';
import { readWatch } from '#lib/studies/watch/read-watch.ts';
import { base } from './base.ts';

export const studiesRouter = base.studies.router({
  list: base.studies.list.handler(({ context: { platform, actor }, input }) =>
    listStudies(platform, actor, input),
  ),
  create: base.studies.create.handler(({ context: { platform, actor }, input }) =>
    createStudy(platform, actor, input),
  ),
  addPicture: base.studies.addPicture.handler(async ({ context: { platform, actor }, input }) =>
    addPicture(platform, actor, { project: input.project, bytes: await input.picture.bytes() }),
  ),
  checkSpec: base.studies.checkSpec.handler(({ context: { platform, actor }, input }) =>
    checkSpec(platform, actor, input),
  ),
  suggestSpec: base.studies.suggestSpec.handler(({ context: { platform, actor }, input }) =>
    suggestSpec(platform, actor, input),
  ),
  get: base.studies.get.handler(({ context: { platform, actor }, input }) =>
    getStudy(platform, actor, input),
  ),
  spec: base.studies.spec.handler(({ context: { platform, actor }, input }) =>
    readSpec(platform, actor, input),
  ),
  progress: base.studies.progress.handler(({ context: { platform, actor }, input }) =>
    readProgress(platform, actor, input),
  ),
  watch: base.studies.watch.handler(({ context: { platform, actor }, input }) =>
    readWatch(platform, actor, input),
  ),
  checklist: base.studies.checklist.handler(({ context: { platform, actor }, input }) =>
    checkStudy(platform, actor, input),
  ),
  grid: base.studies.grid.handler(({ context: { platform, actor }, input }) =>
    studyGrid(platform, actor, input),
  ),
  update: base.studies.update.handler(({ context: { platform, actor }, input }) =>
    updateDraft(platform, actor, input),
  ),
  revise: base.studies.revise.handler(({ context: { platform, actor }, input }) =>
    reviseStudy(platform, actor, input),
  ),
  duplicate: base.studies.duplicate.handler(({ context: { platform, actor }, input }) =>
    duplicateStudy(platform, actor, input),
  ),
  archive: base.studies.archive.handler(({ context: { platform, actor }, input }) =>
    archiveStudy(platform, actor, input),
  ),
  delete: base.studies.delete.handler(({ context: { platform, actor }, input }) =>
    deleteDraft(platform, actor, input),
  ),
  acknowledge: base.studies.acknowledge.handler(({ context: { platform, actor }, input }) =>
    acknowledgeDifference(platform, actor, input),
  ),
  renewRenditions: base.studies.renewRenditions.handler(({ context: { platform, actor }, input }) =>
    renewRenditions(platform, actor, input),
  ),
  open: base.studies.open.handler(({ context: { platform, actor }, input }) =>
    openStudy(platform, actor, input),
  ),
  pause: base.studies.pause.handler(({ context: { platform, actor }, input }) =>
    pauseStudy(platform, actor, input),
  ),
  resume: base.studies.resume.handler(({ context: { platform, actor }, input }) =>
    resumeStudy(platform, actor, input),
  ),
  close: base.studies.close.handler(({ context: { platform, actor }, input }) =>
    closeStudy(platform, actor, input),
  ),
  importVotes: base.studies.importVotes.handler(({ context: { platform, actor }, input }) =>
    importVotes(platform, actor, {
      ...input,
      file: { name: input.file.name, bytes: input.file.stream() },
    }),
  ),
  importScores: base.studies.importScores.handler(({ context: { platform, actor }, input }) =>
    importScores(platform, actor, {
      ...input,
      file: { name: input.file.name, bytes: input.file.stream() },
    }),
  ),
  setVoteSources: base.studies.setVoteSources.handler(({ context: { platform, actor }, input }) =>
    setVoteSources(platform, actor, input),
  ),
  raters: base.studies.raters.handler(({ context: { platform, actor }, input }) =>
    listRaters(platform, actor, input),
  ),
  excludeRater: base.studies.excludeRater.handler(({ context: { platform, actor }, input }) =>
    excludeRater(platform, actor, input),
  ),
  includeRater: base.studies.includeRater.handler(({ context: { platform, actor }, input }) =>
    includeRater(platform, actor, input),
  ),
});
