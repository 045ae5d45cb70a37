import type { RankingMethod } from '#lib/reports/schema.ts';

interface MethodWords {
  readonly shortName: string;
  readonly hint: string;
  /** What its numbers must not be taken for. */
  readonly warnings: readonly string[];
}

/** What each method is called and what a reader has to know before using its numbers. */
export const METHODS: Readonly<Record<RankingMethod, MethodWords>> = {
  davidson: {
    shortName: 'Davidson',
    hint: 'Bradley-Terry with a chance of ties of its own, by maximum likelihood; intervals allow for raters and prompts.',
    warnings: [],
  },
  'bradley-terry': {
    shortName: 'Bradley-Terry',
    hint: 'Maximum likelihood; a tie counts as half a win for each. Intervals allow for raters and prompts.',
    warnings: [],
  },
  'rao-kupper': {
    shortName: 'Rao-Kupper',
    hint: 'Maximum likelihood; a tie is a difference too small to be seen. Intervals allow for raters and prompts.',
    warnings: [],
  },
  'elo-paper': {
    shortName: "Paper's Elo",
    hint: 'The mean over passes through the votes in shuffled order, K = 1, from 1000.',
    warnings: [
      'It is shrunk towards 1000 and depends on the number of votes: more votes of the same people spread the arms further.',
      'Its spread over shuffles is not a confidence interval: it says nothing about other raters or prompts.',
    ],
  },
  elo: {
    shortName: 'Elo in order',
    hint: 'One pass through the votes in the order in which they came.',
    warnings: ['It depends on the order in which votes came in, and it has no interval.'],
  },
};

/** In the order of the switch: the method with intervals first, the paper's beside it. */
export const METHOD_ORDER: readonly RankingMethod[] = [
  'davidson',
  'elo-paper',
  'bradley-terry',
  'rao-kupper',
  'elo',
];
