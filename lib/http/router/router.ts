import { accountRouter, projectsRouter, usersRouter } from './accounts.ts';
import { clipsRouter, profilesRouter } from './clips.ts';
import { curationRouter } from './curation.ts';
import { datasetsRouter } from './datasets.ts';
import { importsRouter } from './imports.ts';
import { ratingRouter } from './rating.ts';
import { reportsRouter } from './reports.ts';
import { studiesRouter } from './studies.ts';
import { axesRouter, manifestsRouter, subsetsRouter } from './subsets.ts';

/** All domains' routers; a test holds this equal to the contract. */
export const router = {
  account: accountRouter,
  users: usersRouter,
  projects: projectsRouter,
  clips: clipsRouter,
  profiles: profilesRouter,
  datasets: datasetsRouter,
  axes: axesRouter,
  subsets: subsetsRouter,
  manifests: manifestsRouter,
  curation: curationRouter,
  imports: importsRouter,
  studies: studiesRouter,
  reports: reportsRouter,
  rating: ratingRouter,
};
