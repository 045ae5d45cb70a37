/** What one rater answered, by where it stood on the screen. */
export interface SideCounts {
  readonly left: number;
  readonly right: number;
  readonly tie: number;
}

/** One way to answer, and how much of the prior it gets. */
interface Way {
  readonly share: number;
  readonly weight: number;
}

/** How surely somebody who always takes the same button takes it. */
const HABITS: readonly Way[] = [
  { share: 0.85, weight: 0.15 },
  { share: 0.95, weight: 0.25 },
  { share: 0.995, weight: 0.6 },
];
/** How surely a promoter takes the arm. */
const LOYALTIES: readonly Way[] = [
  { share: 0.8, weight: 0.2 },
  { share: 0.92, weight: 0.3 },
  { share: 0.99, weight: 0.5 },
];
/** Of somebody who takes the same button: that it is the one for a tie, where there is one. */
const TIE_BUTTON = 0.2;

/**
 * log of the probability of these answers from somebody who does not look at the videos: left and
 * right alike, ties at a share that is unknown: a third (every button alike), that of the others, or
 * never.
 *
 * @param tieShare of the other raters; null where the question has no ties.
 */
export function logOfRandom({ left, right, tie }: SideCounts, tieShare: number | null): number {
  const decided = left + right;
  if (tieShare === null) return -decided * Math.LN2;
  const ways = [
    { share: 1 / 3, weight: 0.4 },
    { share: Math.min(0.9, Math.max(0.02, tieShare)), weight: 0.3 },
    { share: 0, weight: 0.3 },
  ];
  return logSum(
    ways.map(
      ({ share, weight }) => Math.log(weight) + times(tie, share) + times(decided, (1 - share) / 2),
    ),
  );
}

/** log of the probability of these answers from somebody who presses mostly one button. */
export function logOfSameButton({ left, right, tie }: SideCounts, hasTies: boolean): number {
  const buttons = hasTies
    ? [
        { own: left, weight: (1 - TIE_BUTTON) / 2 },
        { own: right, weight: (1 - TIE_BUTTON) / 2 },
        { own: tie, weight: TIE_BUTTON },
      ]
    : [
        { own: left, weight: 0.5 },
        { own: right, weight: 0.5 },
      ];
  const votes = left + right + tie;
  const others = buttons.length - 1;
  return logSum(
    buttons.flatMap(({ own, weight }) =>
      HABITS.map(
        (habit) =>
          Math.log(weight * habit.weight) +
          times(own, habit.share) +
          times(votes - own, (1 - habit.share) / others),
      ),
    ),
  );
}

/** log of the probability of the answers to pairs with one arm from somebody who promotes it. */
export function logOfPromoter(
  { wins, losses, ties }: { wins: number; losses: number; ties: number },
  hasTies: boolean,
): number {
  return logSum(
    LOYALTIES.map(
      ({ share, weight }) =>
        Math.log(weight) +
        times(wins, share) +
        times(losses + ties, hasTies ? (1 - share) / 2 : 1 - share),
    ),
  );
}

/** log(share^count), with 0^0 = 1. */
function times(count: number, share: number): number {
  return count === 0 ? 0 : count * Math.log(share);
}

/** log of the sum of exponentials; -Infinity for none. */
export function logSum(logs: readonly number[]): number {
  const top = Math.max(...logs);
  if (top === -Infinity) return -Infinity;
  return top + Math.log(logs.reduce((sum, value) => sum + Math.exp(value - top), 0));
}
