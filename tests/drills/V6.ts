import { type CarelessStudy, flagSimulatedRaters } from '#tests/factories/careless-studies.ts';
import type { Drill } from './drill.ts';
import { tellFlags } from './rater-flags.ts';

/** Promoters at 60 votes, who take one arm wherever it is shown and are honest elsewhere. */
const base: CarelessStudy = {
  ...{ arms: 4, spanElo: 300, nu: 0.5, votesPerRater: 60, spread: 0.3 },
  careless: { promoter: { share: 0.1, arm: 2 } },
};
const promoting = (arm: number): CarelessStudy['careless'] => ({ promoter: { share: 0.1, arm } });
const JUDGED: readonly (readonly [string, CarelessStudy, number])[] = [
  ['the second best of 4 arms', { ...base, careless: promoting(1) }, 100],
  ['the third of 4 arms', base, 100],
  ['the weakest of 4 arms', { ...base, careless: promoting(3) }, 100],
  ['the third of 4 arms, no ties', { ...base, nu: 0 }, 100],
  ['the middle of 6 arms', { ...base, arms: 6, careless: promoting(3) }, 60],
  ['the best of 4 arms', { ...base, careless: promoting(0) }, 100],
  ['the sixth of 10 arms', { ...base, arms: 10, careless: promoting(5) }, 25],
];

export const drill: Drill = async () =>
  JUDGED.map(([name, study, studies]) =>
    tellFlags(name, flagSimulatedRaters(study, studies, 6), []),
  ).every((isMet) => isMet);
