import type { Clusters } from './clusters.ts';
import type { ScoredVotes } from './covariance.ts';
import { codeVotes } from './vote-codes.ts';

/**
 * Votes of all layers summed to cells: by the cluster of their row (a rater, say), by the cluster of
 * their column (a prompt), by pair and by outcome. The cells of block b are `starts[b]` to
 * `starts[b + 1]`; `code` is `offset of the layer + 3 pair + outcome`, outcomes in the order first
 * wins, second wins, tie; `weight` sums the weights of the votes. Blocks go by row, then by column.
 */
export interface VoteCells {
  readonly rows: number;
  readonly columns: number;
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly starts: Int32Array;
  readonly code: Int32Array;
  readonly weight: Float64Array;
  /** Where the codes of each layer begin, and how many there are in all. */
  readonly offsets: readonly number[];
  readonly codes: number;
}

/**
 * Sums votes to cells by sorting them once (by counting, column then row).
 *
 * @param columns null: one column.
 */
export function sumToCells(
  layers: readonly ScoredVotes[],
  rows: Clusters,
  columns: Clusters | null,
): VoteCells {
  const { ids, weight: weights, offsets, count: codes } = codeVotes(layers);
  let sorted: SortedVotes = { row: joined(rows.ids), column: null, code: ids, weight: weights };
  if (columns) {
    const column = joined(columns.ids);
    sorted = sortBy({ ...sorted, column }, column, columns.count);
  }
  sorted = sortBy(sorted, sorted.row, rows.count);
  const votes = ids.length;
  const blocks = { row: [] as number[], column: [] as number[], starts: [] as number[] };
  const code = new Int32Array(votes);
  const weight = new Float64Array(votes);
  // Where the open block has the cell of a code, counted from 1; 0 where it has none yet.
  const cellOf = new Int32Array(codes);
  let cells = 0;
  let openRow = -1;
  let openColumn = -1;
  let blockStart = 0;
  for (let s = 0; s < votes; s++) {
    const r = sorted.row[s] as number;
    const c = sorted.column ? (sorted.column[s] as number) : 0;
    if (r !== openRow || c !== openColumn) {
      for (let cell = blockStart; cell < cells; cell++) cellOf[code[cell] as number] = 0;
      openRow = r;
      openColumn = c;
      blockStart = cells;
      blocks.row.push(r);
      blocks.column.push(c);
      blocks.starts.push(cells);
    }
    const own = sorted.code[s] as number;
    let cell = cellOf[own] as number;
    if (cell === 0) {
      code[cells] = own;
      cell = ++cells;
      cellOf[own] = cell;
    }
    weight[cell - 1] =
      (weight[cell - 1] as number) + (sorted.weight ? (sorted.weight[s] as number) : 1);
  }
  blocks.starts.push(cells);
  return {
    rows: rows.count,
    columns: columns ? columns.count : 1,
    row: Int32Array.from(blocks.row),
    column: Int32Array.from(blocks.column),
    starts: Int32Array.from(blocks.starts),
    code: code.slice(0, cells),
    weight: weight.slice(0, cells),
    offsets,
    codes,
  };
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const whole = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

interface SortedVotes {
  readonly row: Int32Array;
  readonly column: Int32Array | null;
  readonly code: Int32Array;
  readonly weight: Float64Array | null;
}

/** The votes in ascending order of key; those with equal keys stay in their order. */
function sortBy(votes: SortedVotes, keys: Int32Array, count: number): SortedVotes {
  const next = new Int32Array(count + 1);
  for (let v = 0; v < keys.length; v++) {
    const after = (keys[v] as number) + 1;
    next[after] = (next[after] as number) + 1;
  }
  for (let c = 0; c < count; c++) next[c + 1] = (next[c + 1] as number) + (next[c] as number);
  const { row, column, code, weight } = votes;
  const sorted = {
    row: new Int32Array(keys.length),
    column: column && new Int32Array(keys.length),
    code: new Int32Array(keys.length),
    weight: weight && new Float64Array(keys.length),
  };
  for (let v = 0; v < keys.length; v++) {
    const key = keys[v] as number;
    const slot = next[key] as number;
    next[key] = slot + 1;
    sorted.row[slot] = row[v] as number;
    sorted.code[slot] = code[v] as number;
    if (column && sorted.column) sorted.column[slot] = column[v] as number;
    if (weight && sorted.weight) sorted.weight[slot] = weight[v] as number;
  }
  return sorted;
}
