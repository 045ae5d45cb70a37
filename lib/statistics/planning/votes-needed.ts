/** Beyond this many times the votes so far an answer is no plan any more. */
const MOST_TIMES = 1000;

/**
 * About how many votes in all, those so far included, until a difference is larger than `critical`
 * standard errors, if the estimate stays where it is: se(n)^2 = floor^2 + (se^2 - floor^2) votes / n.
 * By then it is so with a chance of one half: the estimate moves too.
 *
 * The floor is the part of the error that more votes can't take away. While the prompts stay the
 * same, that is the spread of the difference over prompts divided by the root of their number: the
 * clustered error without floor promises too much where prompts matter and only raters are added.
 *
 * @param difference any sign, in the unit of `se`.
 * @param se of the difference after `votes` votes, above 0.
 * @param critical how many standard errors; or a function of the number of votes, where more looks
 *   need more.
 * @returns a whole number, at least `votes`; null where no number of votes is enough, or more than a
 *   thousand times those so far.
 */
export function votesNeeded({
  difference,
  se,
  votes,
  critical,
  seFloor = 0,
}: {
  readonly difference: number;
  readonly se: number;
  readonly votes: number;
  readonly critical: number | ((votes: number) => number);
  readonly seFloor?: number;
}): number | null {
  const size = Math.abs(difference);
  const floor2 = Math.min(seFloor, se) ** 2;
  const isEnough = (n: number): boolean => {
    const needed = typeof critical === 'number' ? critical : critical(n);
    return size > needed * Math.sqrt(floor2 + ((se * se - floor2) * votes) / n);
  };
  if (!(size > 0) || !(se > 0) || !(votes > 0)) return null;
  if (isEnough(votes)) return votes;
  let high = votes;
  while (!isEnough(high)) {
    if (high > votes * MOST_TIMES) return null;
    high *= 2;
  }
  let low = high / 2;
  while (high - low > Math.max(0.5, 1e-4 * high)) {
    const middle = (low + high) / 2;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return Math.ceil(high);
}

/** A number of votes as one says it: rounded up to two digits, so 287 is about 290. */
export function aboutVotes(votes: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, votes))) - 1);
  return Math.ceil(votes / step) * step;
}
