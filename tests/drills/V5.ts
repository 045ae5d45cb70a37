import { type CarelessStudy, flagSimulatedRaters } from '#tests/factories/careless-studies.ts';
import type { Drill } from './drill.ts';
import { tellFlags } from './rater-flags.ts';

/**
 * Careless raters at 30 votes. The power is judged where arms are spread over 600 Elo, an axis whose
 * worst arm loses 97 of 100 to the best: on less, honest answers look ever more like random ones, which
 * is told without a goal. False alarms and one-button raters are judged everywhere.
 */
const base: CarelessStudy = {
  ...{ arms: 4, spanElo: 600, nu: 0.5, votesPerRater: 30, spread: 0.3 },
  careless: { random: 0.1, leftOnly: 0.05, rightOnly: 0.05 },
};
const JUDGED: readonly (readonly [string, CarelessStudy, number])[] = [
  ['4 arms over 600 Elo, 14 % ties', base, 250],
  ['4 arms over 600 Elo, no ties', { ...base, nu: 0 }, 250],
];
const TOLD: readonly (readonly [string, CarelessStudy, number])[] = [
  ['4 arms over 600 Elo, 40 % ties', { ...base, nu: 2 }, 100],
  ['4 arms over 300 Elo', { ...base, spanElo: 300 }, 100],
  ['4 equal arms', { ...base, spanElo: 0 }, 100],
  ['10 arms over 600 Elo', { ...base, arms: 10 }, 25],
  [
    '4 arms over 300 Elo, raters and prompts differ much',
    { ...base, spanElo: 300, spread: 0.7 },
    100,
  ],
  ['4 arms over 300 Elo, everybody honest', { ...base, spanElo: 300, careless: {} }, 100],
];

export const drill: Drill = async () => {
  const judged = JUDGED.map(([name, study, studies]) =>
    tellFlags(name, flagSimulatedRaters(study, studies, 5), []),
  );
  const told = TOLD.map(([name, study, studies]) =>
    tellFlags(name, flagSimulatedRaters(study, studies, 5), ['random']),
  );
  return [...judged, ...told].every((isMet) => isMet);
};
