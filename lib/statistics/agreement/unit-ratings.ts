import { LEFT_WON, TIED, type VoteColumns } from '../votes/vote-columns.ts';

/**
 * Ratings of units (what several raters judged) as counts: `counts[u * q + c]` is how many raters
 * gave unit u the value `values[c]`. Values ascend; only units with a rating.
 */
export interface UnitRatings {
  readonly values: readonly number[];
  readonly units: number;
  readonly counts: Float64Array;
}

/** Outcomes in the order of the unit's arms: the first wins, a tie, the second wins. */
const FIRST = 0;
const TIE = 1;
const SECOND = 2;

/**
 * Votes as ratings: a unit is a pair of arms on one prompt of one question, its ratings say whether
 * the arm whose name comes first won (0), tied (1) or lost (2), whichever side it stood on.
 */
export function ratingsOfVotes(questions: readonly VoteColumns[]): UnitRatings {
  const columns = questions.map(countQuestion);
  const used = [FIRST, TIE, SECOND].filter((value) =>
    columns.some((counts) => counts.some((count, i) => i % 3 === value && count > 0)),
  );
  const q = used.length;
  const units = columns.reduce((sum, counts) => sum + counts.length / 3, 0);
  const counts = new Float64Array(units * q);
  let unit = 0;
  for (const own of columns) {
    for (let u = 0; u < own.length / 3; u++, unit++) {
      used.forEach((value, c) => {
        counts[unit * q + c] = own[u * 3 + value] as number;
      });
    }
  }
  return { values: used, units, counts };
}

function countQuestion(votes: VoteColumns): Float64Array {
  const { arms, left, right, outcome, prompt } = votes;
  const prompts = votes.prompts.length + 1;
  const places = placesByName(arms);
  const sorted = new Float64Array(left.length);
  for (let v = 0; v < left.length; v++) {
    const l = places[left[v] as number] as number;
    const r = places[right[v] as number] as number;
    const pair = Math.min(l, r) * arms.length + Math.max(l, r);
    const unit = pair * prompts + (prompt ? (prompt[v] as number) + 1 : 0);
    const how = outcome[v] as number;
    const value = how === TIED ? TIE : (how === LEFT_WON) === l < r ? FIRST : SECOND;
    sorted[v] = unit * 3 + value;
  }
  sorted.sort();
  const counts: number[] = [];
  let open = -1;
  for (const code of sorted) {
    const unit = Math.floor(code / 3);
    if (unit !== open) counts.push(0, 0, 0);
    open = unit;
    const at = counts.length - 3 + (code % 3);
    counts[at] = (counts[at] as number) + 1;
  }
  return Float64Array.from(counts);
}

/** The place of each arm in the order of the names. */
function placesByName(arms: readonly string[]): Int32Array {
  const places = new Int32Array(arms.length);
  arms
    .map((name, i) => ({ name, i }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .forEach(({ i }, place) => {
      places[i] = place;
    });
  return places;
}

/**
 * Ratings from a table.
 *
 * @param table one row a unit, one entry a rater; null where that rater did not judge it.
 */
export function ratingsOfTable(table: readonly (readonly (number | null)[])[]): UnitRatings {
  const isGiven = (value: number | null): value is number => value !== null;
  const values = [...new Set(table.flat().filter(isGiven))].sort((a, b) => a - b);
  const place = new Map(values.map((value, c) => [value, c]));
  const rated = table.map((row) => row.filter(isGiven)).filter((row) => row.length > 0);
  const counts = new Float64Array(rated.length * values.length);
  rated.forEach((row, u) => {
    for (const value of row) {
      const at = u * values.length + (place.get(value) as number);
      counts[at] = (counts[at] as number) + 1;
    }
  });
  return { values, units: rated.length, counts };
}
