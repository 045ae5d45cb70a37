import type { RankingMethod } from '#lib/reports/schema.ts';

/** What each method is called and what a reader has to know before using its numbers. */
export const METHODS: Readonly<Record<RankingMethod, { name: string; hint: string }>> = {
  davidson: {
    name: 'Davidson (Bradley-Terry with ties)',
    hint: 'Maximum likelihood with a chance of ties of its own.',
  },
  'bradley-terry': {
    name: 'Bradley-Terry',
    hint: 'Maximum likelihood; a tie counts as half a win for each.',
  },
  'rao-kupper': {
    name: 'Rao-Kupper (ties by a threshold)',
    hint: 'Maximum likelihood; a tie is a difference too small to be seen.',
  },
  'elo-paper': {
    name: "Elo, the paper's way (K = 1, shuffled)",
    hint: 'Shrunk towards 1000 and dependent on the number of votes. Its spread over shuffles is not a confidence interval.',
  },
  elo: {
    name: 'Elo, in the order of arrival',
    hint: 'Depends on the order in which votes came in. It has no interval.',
  },
};
