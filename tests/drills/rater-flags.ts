import type { Behaviour } from '#lib/studies/simulation/answer.ts';
import { FLAG_GOALS, type FlaggedShare, meetsGoal } from '#tests/factories/careless-studies.ts';

/** Prints what share of each sort of rater is flagged. @returns whether all goals are met */
export function tellFlags(
  name: string,
  found: ReadonlyMap<Behaviour, FlaggedShare>,
  withoutGoal: readonly Behaviour[],
): boolean {
  process.stdout.write(`  ${name}\n`);
  const met = [...found].map(([behaviour, share]) => {
    const percent = ((share.flagged / share.raters) * 100).toFixed(1);
    const isFree = withoutGoal.includes(behaviour);
    const isMet = isFree || meetsGoal(behaviour, share);
    const bound = `${behaviour === 'honest' ? 'at most' : 'at least'} ${FLAG_GOALS[behaviour] * 100} %`;
    const goal = isFree ? '' : `   goal ${bound}${isMet ? '' : '   MISSED'}`;
    const figure = `${percent.padStart(6)} % of ${share.raters} flagged`;
    process.stdout.write(`    ${behaviour.padEnd(11)} ${figure}${goal}\n`);
    return isMet;
  });
  return met.every((isMet) => isMet);
}
