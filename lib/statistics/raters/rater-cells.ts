import { RIGHT_WON, TIED, type VoteColumns } from '../votes/vote-columns.ts';

/**
 * Counts of outcomes by what stood left and what right: parallel columns, one entry a cell.
 */
export interface Cells {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly leftWins: Float64Array;
  readonly rightWins: Float64Array;
  readonly ties: Float64Array;
}

/**
 * Votes of one question as cells of each rater, sorted by rater: those of rater r are
 * `starts[r]` to `starts[r + 1]`. Votes that name no rater are a last entry of their own, at
 * `raters`. `cellOf` is the place of a rater's cell among `all`, the cells of everybody.
 */
export interface RaterCells extends Cells {
  readonly arms: number;
  readonly raters: number;
  readonly starts: Int32Array;
  readonly cellOf: Int32Array;
  readonly all: Cells;
}

/**
 * Counts votes by rater and cell; the cost is that of sorting the votes once.
 *
 * @param weight how much each vote counts; all alike without.
 */
export function countByRater(votes: VoteColumns, weight: Float64Array | null = null): RaterCells {
  const arms = votes.arms.length;
  const raters = votes.raters.length;
  const { sorted, from } = sortByRater(votes);
  const size = votes.left.length;
  const keyOf = (entry: number) => Math.floor(entry / (3 * size));
  let count = 0;
  for (let r = 0; r <= raters; r++) {
    for (let v = from[r] as number; v < (from[r + 1] as number); v++) {
      const isFirst = v === from[r];
      if (isFirst || keyOf(sorted[v] as number) !== keyOf(sorted[v - 1] as number)) count++;
    }
  }
  const starts = new Int32Array(raters + 2);
  const cells = newCells(count);
  let cell = -1;
  for (let r = 0; r <= raters; r++) {
    let open = -1;
    for (let v = from[r] as number; v < (from[r + 1] as number); v++) {
      const entry = sorted[v] as number;
      const key = keyOf(entry);
      if (key !== open) {
        open = key;
        cell++;
        cells.left[cell] = Math.floor(key / arms);
        cells.right[cell] = key % arms;
      }
      const outcome = Math.floor(entry / size) % 3;
      const column =
        outcome === TIED ? cells.ties : outcome === RIGHT_WON ? cells.rightWins : cells.leftWins;
      column[cell] = (column[cell] as number) + (weight ? (weight[entry % size] as number) : 1);
    }
    starts[r + 1] = cell + 1;
  }
  return { ...cells, arms, raters, starts, ...gather(cells, arms) };
}

/**
 * Each vote as one number of its pair, its outcome and its place, in the order of the raters and then
 * of that number.
 */
function sortByRater({ arms, raters, rater, left, right, outcome }: VoteColumns) {
  const who = (v: number): number => {
    const code = rater ? (rater[v] as number) : -1;
    return code < 0 ? raters.length : code;
  };
  const from = new Int32Array(raters.length + 2);
  for (let v = 0; v < left.length; v++) from[who(v) + 1] = (from[who(v) + 1] as number) + 1;
  for (let r = 0; r <= raters.length; r++) {
    from[r + 1] = (from[r + 1] as number) + (from[r] as number);
  }
  const next = from.slice();
  const sorted = new Float64Array(left.length);
  for (let v = 0; v < left.length; v++) {
    const slot = next[who(v)] as number;
    next[who(v)] = slot + 1;
    const key = (left[v] as number) * arms.length + (right[v] as number);
    sorted[slot] = (key * 3 + (outcome[v] as number)) * left.length + v;
  }
  for (let r = 0; r <= raters.length; r++) {
    sorted.subarray(from[r] as number, from[r + 1] as number).sort();
  }
  return { sorted, from };
}

function newCells(size: number) {
  return {
    left: new Int32Array(size),
    right: new Int32Array(size),
    leftWins: new Float64Array(size),
    rightWins: new Float64Array(size),
    ties: new Float64Array(size),
  };
}

/** The cells of everybody, empty, and the place of each rater's cell among them. */
function gather(cells: Cells, arms: number): { all: Cells; cellOf: Int32Array } {
  const places = new Map<number, number>();
  const keys: number[] = [];
  const cellOf = cells.left.map((left, c) => {
    const key = left * arms + (cells.right[c] as number);
    const place = places.get(key) ?? keys.length;
    if (place === keys.length) {
      places.set(key, place);
      keys.push(key);
    }
    return place;
  });
  const all = newCells(keys.length);
  keys.forEach((key, c) => {
    all.left[c] = Math.floor(key / arms);
    all.right[c] = key % arms;
  });
  return { all, cellOf };
}

/** Adds `weight` times the cells of rater r to the cells of everybody. */
export function addRater(cells: RaterCells, r: number, weight: number): void {
  const { all, cellOf, starts } = cells;
  for (let c = starts[r] as number; c < (starts[r + 1] as number); c++) {
    const to = cellOf[c] as number;
    all.leftWins[to] = (all.leftWins[to] as number) + weight * (cells.leftWins[c] as number);
    all.rightWins[to] = (all.rightWins[to] as number) + weight * (cells.rightWins[c] as number);
    all.ties[to] = (all.ties[to] as number) + weight * (cells.ties[c] as number);
  }
}
