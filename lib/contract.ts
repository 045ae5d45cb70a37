import { accountContract, projectsContract, usersContract } from './accounts/contract.ts';
import { curationContract } from './curation/contract.ts';
import { axesContract } from './datasets/axes/contract.ts';
import { clipsContract } from './datasets/clips/contract.ts';
import { datasetsContract } from './datasets/contract.ts';
import { manifestsContract } from './datasets/manifests/contract.ts';
import { profileContract } from './datasets/profile/contract.ts';
import { subsetsContract } from './datasets/subsets/contract.ts';
import { importsContract } from './generation/contract.ts';
import { bundleContract } from './reports/bundle/contract.ts';
import { confirmationContract } from './reports/confirmation/contract.ts';
import { reportsContract } from './reports/contract.ts';
import { decisionsContract } from './reports/decisions/contract.ts';
import { snapshotsContract } from './reports/snapshots/contract.ts';
import { studiesContract } from './studies/contract.ts';
import { ratingContract } from './studies/rating/contract.ts';

/** The whole API: server, typed client, queries and OpenAPI document are made from this. */
export const contract = {
  account: accountContract,
  users: usersContract,
  projects: projectsContract,
  clips: clipsContract,
  profiles: profileContract,
  datasets: datasetsContract,
  axes: axesContract,
  subsets: subsetsContract,
  manifests: manifestsContract,
  curation: curationContract,
  imports: importsContract,
  studies: studiesContract,
  reports: {
    ...reportsContract,
    ...decisionsContract,
    ...confirmationContract,
    ...snapshotsContract,
    ...bundleContract,
  },
  rating: ratingContract,
};
