import { renderStudyJob } from '#lib/studies/jobs.ts';
import { renderStudy } from '#lib/studies/renditions/render-study.ts';
import type { RenderDeps } from '#lib/studies/renditions/render-video.ts';
import { type Worker, worker } from './runtime.ts';

/** Brings a study's videos to their common form. */
export function renderStudyWorker(platform: RenderDeps): Worker {
  return worker(renderStudyJob, ({ payload, signal }) =>
    renderStudy(platform, payload.studyId, signal),
  );
}
