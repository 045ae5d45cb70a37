import type { ExclusionCause, RaterView } from '#lib/studies/quality/schema.ts';

/** What a flag is called. */
export const CAUSES: Readonly<Record<ExclusionCause, string>> = {
  random: 'random answers',
  'side-only': 'one button',
  promoter: 'promotes an arm',
  fast: 'too fast',
  unwatched: 'not watching',
  gold: 'misses known answers',
  other: 'another reason',
};

/** A share as whole percents; a dash where nothing is known. */
export function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)} %`;
}

/** Elo points with their sign. */
export function eloChange(elo: number): string {
  const points = Math.abs(elo) < 0.05 ? '0' : Math.abs(elo).toFixed(Math.abs(elo) < 10 ? 1 : 0);
  return points === '0' ? '0' : `${elo < 0 ? '−' : '+'}${points}`;
}

/** How many times likelier somebody careless is than an honest rater. */
export function timesLikelier(e: number): string {
  if (e >= 1e6) return 'over a million times';
  if (e >= 10) return `${Math.round(e).toLocaleString('en')} times`;
  if (e >= 0.1) return `${Number(e.toFixed(1))} times`;
  return 'less than 0.1 times';
}

/** One fact about how a rater answers: its name, its value and what to make of it. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

interface Asked {
  readonly requireFullPlay: boolean;
  readonly allowTies: boolean;
}

/** Everything that is known of a rater, in plain words; what the study does not ask is left out. */
export function factsOf(rater: RaterView, { requireFullPlay, allowTies }: Asked): Fact[] {
  const { answers, gold, repeats, same } = rater;
  const facts: Fact[] = [];
  if (rater.medianSeconds !== null)
    facts.push({
      name: 'Time a vote',
      value: `${rater.medianSeconds.toFixed(1)} s`,
      note: 'half of the votes took less',
    });
  if (answers !== null) {
    const votes = Math.max(1, answers.left + answers.right + answers.ties);
    const ties = allowTies ? `, tie ${percent(answers.ties / votes)}` : '';
    facts.push({
      name: 'Chosen',
      value: `left ${percent(answers.left / votes)}, right ${percent(answers.right / votes)}${ties}`,
      note: sideNote(answers.sideP),
    });
    if (answers.fastShare !== null)
      facts.push({ name: 'Too fast to have seen both videos', value: percent(answers.fastShare) });
    if (requireFullPlay && answers.unwatchedShare !== null)
      facts.push({ name: 'With a video not watched', value: percent(answers.unwatchedShare) });
  }
  if (gold.seen > 0)
    facts.push({
      name: 'Pairs with a known answer',
      value: `${gold.failed} of ${gold.seen} missed`,
      note: 'a missed one alone says little',
    });
  if (repeats.seen > 0)
    facts.push({
      name: 'Asked again with the sides swapped',
      value: `${repeats.failed} of ${repeats.seen} answers changed`,
    });
  if (same.seen > 0 && allowTies)
    facts.push({
      name: 'One arm against itself',
      value: `${same.seen - same.failed} of ${same.seen} called a tie`,
    });
  return facts;
}

function sideNote(p: number | null): string {
  if (p === null) return 'every answer is a tie';
  if (p >= 0.01) return 'no side more than with the others';
  return `leans to a side more than the others do (p ${p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`})`;
}
