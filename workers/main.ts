// The worker: does the jobs of the queue until it is told to stop.
import { AppError } from '#lib/core/errors.ts';
import { expectDatabase } from '#lib/platform/database/expect-database.ts';
import { databaseUrl } from '#lib/platform/database/url.ts';
import { logger } from '#lib/platform/log.ts';
import { closePlatform, platform as productionPlatform } from '#lib/platform/platform.ts';
import { openQueue } from '#lib/platform/queue.ts';
import { computeAxisWorker } from './compute-axis.ts';
import { curateWorker } from './curate.ts';
import { askToExpireLeases, expireLeasesWorker } from './expire-leases.ts';
import { importVideosWorker } from './import-videos.ts';
import { makeManifestWorker } from './make-manifest.ts';
import { profileVersionWorker } from './profile-version.ts';
import { rankStudyWorker } from './rank-study.ts';
import { recomputeSnapshotWorker } from './recompute-snapshot.ts';
import { registerDatasetWorker } from './register-dataset.ts';
import { renderStudyWorker } from './render-study.ts';
import { askToResumeImports, resumeImportsWorker } from './resume-imports.ts';
import { askToResumeRegistrations, resumeRegistrationsWorker } from './resume-registrations.ts';
import { askToResumeRuns, resumeRunsWorker } from './resume-runs.ts';
import { askToResumeSubsets, resumeSubsetsWorker } from './resume-subsets.ts';
import { reviewRatersWorker } from './review-raters.ts';
import { startRuntime } from './runtime.ts';
import { takeInRunWorker } from './take-in-run.ts';
import { watchStudyWorker } from './watch-study.ts';

const log = logger('worker');
await expectDatabase().catch((error: unknown) => {
  if (!(error instanceof AppError)) throw error;
  log.fatal(error.message);
  process.exit(1);
});
const queue = await openQueue({ url: databaseUrl(), role: 'worker' });
const shared = productionPlatform();
// Jobs that ask for jobs use the queue that is open here.
const platform = {
  database: shared.database,
  blobs: shared.blobs,
  media: shared.media,
  models: shared.models,
  llm: shared.llm,
  tables: shared.tables,
  clock: shared.clock,
  environment: shared.environment,
  secret: shared.secret,
  log,
  queue,
};

const runtime = await startRuntime({
  queue,
  // Each kind of job is a file of its own.
  workers: [
    importVideosWorker(platform),
    renderStudyWorker(platform),
    expireLeasesWorker(platform),
    rankStudyWorker(platform),
    watchStudyWorker(platform),
    recomputeSnapshotWorker(platform),
    profileVersionWorker(platform),
    reviewRatersWorker(platform),
    resumeImportsWorker(platform),
    registerDatasetWorker(platform),
    resumeRegistrationsWorker(platform),
    computeAxisWorker(platform),
    makeManifestWorker(platform),
    resumeSubsetsWorker(platform),
    curateWorker(platform),
    takeInRunWorker(platform),
    resumeRunsWorker(platform),
  ],
  log,
  close: closePlatform,
});
await askToExpireLeases(queue);
await askToResumeImports(queue);
await askToResumeRegistrations(queue);
await askToResumeSubsets(queue);
await askToResumeRuns(queue);

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    runtime.stop(signal).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the worker could not stop cleanly');
        process.exit(1);
      },
    );
  });
