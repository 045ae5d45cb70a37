/**
 * Brings a plane of values to a smaller size, each value the mean of the area that it covers, with shares
 * of the cells at its edges: what OpenCV's INTER_AREA does.
 */
export function areaAverage(
  values: Float32Array,
  from: { width: number; height: number },
  to: { width: number; height: number },
): Float64Array {
  const columns = coverage(from.width, to.width);
  const rows = coverage(from.height, to.height);
  const result = new Float64Array(to.width * to.height);
  for (let y = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++) {
      let sum = 0;
      for (const row of rows[y] ?? []) {
        for (const column of columns[x] ?? []) {
          sum += (values[row.at * from.width + column.at] ?? 0) * row.share * column.share;
        }
      }
      result[y * to.width + x] = sum;
    }
  }
  return result;
}

/** For each of `to` equal parts of a line, the cells of it that it covers and the share of each; they sum to 1. */
function coverage(from: number, to: number): { at: number; share: number }[][] {
  const length = from / to;
  return Array.from({ length: to }, (_, part) => {
    const [start, end] = [part * length, (part + 1) * length];
    const first = Math.floor(start);
    const last = Math.min(from, Math.ceil(end - 1e-9));
    return Array.from({ length: last - first }, (_, step) => {
      const at = first + step;
      return { at, share: (Math.min(at + 1, end) - Math.max(at, start)) / length };
    });
  });
}
