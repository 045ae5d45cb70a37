import { type CarelessStudy, flagSimulatedRaters } from '#tests/factories/careless-studies.ts';
import type { Drill } from './drill.ts';
import { tellFlags } from './rater-flags.ts';

/**
 * Promoters at 60 votes, who take one arm wherever it is shown. Who promotes the arm that wins anyway
 * does little harm and hardly shows: told without a goal, as is one of 10 arms, which is shown in
 * 12 of the 60 pairs.
 */
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
];
const TOLD: readonly (readonly [string, CarelessStudy, number])[] = [
  ['the best of 4 arms', { ...base, careless: promoting(0) }, 100],
  ['the sixth of 10 arms', { ...base, arms: 10, careless: promoting(5) }, 25],
];

export const drill: Drill = async () => {
  const judged = JUDGED.map(([name, study, studies]) =>
    tellFlags(name, flagSimulatedRaters(study, studies, 6), []),
  );
  const told = TOLD.map(([name, study, studies]) =>
    tellFlags(name, flagSimulatedRaters(study, studies, 6), ['promoter']),
  );
  return [...judged, ...told].every((isMet) => isMet);
};
