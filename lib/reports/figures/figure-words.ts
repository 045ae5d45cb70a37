import type { QuestionChoice, RankingMethod, Snapshot } from '../schema.ts';
import type { ReportView } from '../study-report/schema.ts';

export const METHOD_NAMES: Readonly<Record<RankingMethod, string>> = {
  davidson: 'Davidson',
  'bradley-terry': 'Bradley-Terry',
  'rao-kupper': 'Rao-Kupper',
  'elo-paper': 'Elo, mean of shuffled passes',
  elo: 'Elo in the order of arrival',
};

const MEAN = 'Mean of all questions';

/** The Elo methods have no standard error, and their spread over shuffles is not an interval. */
export function hasIntervals(method: RankingMethod): boolean {
  return method !== 'elo' && method !== 'elo-paper';
}

/** What no copy of a figure by the paper's Elo may lose. */
export const PAPER_ELO_WARNING =
  'Elo by the paper: shrunk and dependent on the number of votes; its spread over shuffles is no confidence interval';

export function questionName(
  questions: readonly { readonly wording: string }[],
  question: number | null,
): string {
  if (question === null) return MEAN;
  return questions[question]?.wording ?? `Question ${question + 1}`;
}

/** A curve's name: its question, or that it is the mean. */
export function curveName(curve: { question: number | null; wording: string }): string {
  return curve.question === null ? MEAN : curve.wording;
}

/** Of what is there once a question, then for all: the chosen one, else the last. */
export function chosenPart<Part extends { readonly question: number | null }>(
  parts: readonly Part[],
  question: QuestionChoice,
): Part | undefined {
  return parts.find((part) => part.question === question) ?? parts.at(-1);
}

/** Which votes are counted that are not from this study's own raters. */
export function foreignVotes(
  breakdown: ReportView['breakdown'],
  exclusion: Snapshot['exclusion'],
): string[] {
  return [
    ...(breakdown.simulated > 0 && !exclusion.simulated ? ['simulated votes are counted'] : []),
    ...(breakdown.imported > 0 && !exclusion.imported ? ['imported votes are counted'] : []),
  ];
}

/** Clauses as one line under a figure; undefined for none. */
export function footnoteOf(parts: readonly string[]): string | undefined {
  const text = parts.join('; ');
  return text === '' ? undefined : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export function votesText(votes: number): string {
  return `${votes.toLocaleString('en')} ${votes === 1 ? 'vote' : 'votes'}`;
}
