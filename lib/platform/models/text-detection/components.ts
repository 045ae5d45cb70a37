/** Pixels that hang together: their positions in the map, row by row. */
export type Component = readonly number[];

/**
 * The groups of set pixels of a map that hang together, by edges (4 neighbours) or by corners too (8), in
 * the order of their first pixels.
 */
export function findComponents(map: Uint8Array, width: number, neighbours: 4 | 8): Component[] {
  const seen = new Uint8Array(map.length);
  const found: number[][] = [];
  for (let first = 0; first < map.length; first++) {
    if (!map[first] || seen[first]) continue;
    seen[first] = 1;
    const component = [first];
    for (let next = 0; next < component.length; next++) {
      for (const near of neighboursOf(component[next] ?? 0, width, map.length, neighbours)) {
        if (!map[near] || seen[near]) continue;
        seen[near] = 1;
        component.push(near);
      }
    }
    found.push(component);
  }
  return found;
}

function neighboursOf(at: number, width: number, length: number, count: 4 | 8): number[] {
  const x = at % width;
  const near: number[] = [];
  for (const down of [-width, 0, width]) {
    for (const right of [-1, 0, 1]) {
      if (count === 4 && down !== 0 && right !== 0) continue;
      if ((down === 0 && right === 0) || x + right < 0 || x + right >= width) continue;
      const other = at + down + right;
      if (other >= 0 && other < length) near.push(other);
    }
  }
  return near;
}
