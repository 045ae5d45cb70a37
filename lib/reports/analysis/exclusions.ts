import type { ExclusionCause } from '#lib/studies/quality/schema.ts';
import type { Exclusion, VoteBreakdown } from '#lib/studies/votes/schema.ts';
import { exclusionAlarm } from './exclusion-share.ts';
import type { Exclusions } from './schema.ts';

const CAUSES: Readonly<Record<ExclusionCause, string>> = {
  random: 'Rater excluded: answers at random',
  'side-only': 'Rater excluded: presses one button',
  promoter: 'Rater excluded: promotes an arm',
  fast: 'Rater excluded: answers too fast',
  unwatched: 'Rater excluded: does not watch',
  gold: 'Rater excluded: misses known answers',
  other: 'Rater excluded for another reason',
};

/** Votes that no ranking of the snapshot uses, by reason; reasons without a vote are left out. */
export function viewExclusions(breakdown: VoteBreakdown, exclusion: Exclusion): Exclusions {
  const { people, simulated, imported, excluded } = breakdown;
  const ranked =
    people + (exclusion.simulated ? 0 : simulated) + (exclusion.imported ? 0 : imported);
  const byRater = excluded.reduce((sum, { votes }) => sum + votes, 0);
  const reasons = [
    ...excluded.map(({ because, votes }) => ({
      code: `rater-${because}`,
      reason: CAUSES[because],
      votes,
    })),
    {
      code: 'simulated',
      reason: 'Simulated, and left out by the study',
      votes: exclusion.simulated ? simulated : 0,
    },
    {
      code: 'imported',
      reason: 'Imported, and left out by the study',
      votes: exclusion.imported ? imported : 0,
    },
    { code: 'retracted', reason: 'Taken back by the rater', votes: breakdown.retracted },
    { code: 'surplus', reason: 'Came after the count was full', votes: breakdown.surplus },
    { code: 'check', reason: 'Answers to check pairs', votes: breakdown.checks },
    { code: 'trial', reason: 'Trial votes of researchers', votes: breakdown.trial },
  ];
  return {
    ranked,
    reasons: reasons.filter(({ votes }) => votes > 0),
    share: ranked + byRater > 0 ? byRater / (ranked + byRater) : null,
    alarm: exclusionAlarm(breakdown.exclusionShifts),
  };
}
