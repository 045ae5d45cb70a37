/**
 * Spearman's rho: Pearson's correlation of the ranks, tied values at their mean rank (Spearman 1904).
 *
 * @returns null for fewer than three pairs and where one side is constant.
 */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
  if (x.length < 3 || x.length !== y.length) return null;
  const [a, b] = [centredRanks(x), centredRanks(y)];
  const dot = (u: readonly number[], v: readonly number[]) =>
    u.reduce((sum, value, i) => sum + value * (v[i] as number), 0);
  const scale = Math.sqrt(dot(a, a) * dot(b, b));
  return scale > 0 ? Math.max(-1, Math.min(1, dot(a, b) / scale)) : null;
}

/**
 * Kendall's tau-b: agreeing less disagreeing pairs, over the geometric mean of the pairs that are not
 * tied on either side (Kendall 1945).
 *
 * @returns null for fewer than three pairs and where one side is constant.
 */
export function kendall(x: readonly number[], y: readonly number[]): number | null {
  if (x.length < 3 || x.length !== y.length) return null;
  let score = 0;
  let untiedX = 0;
  let untiedY = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      const a = Math.sign((x[i] as number) - (x[j] as number));
      const b = Math.sign((y[i] as number) - (y[j] as number));
      score += a * b;
      untiedX += a * a;
      untiedY += b * b;
    }
  }
  return untiedX > 0 && untiedY > 0 ? score / Math.sqrt(untiedX * untiedY) : null;
}

function centredRanks(values: readonly number[]): number[] {
  const order = values.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (order[to + 1]?.value === order[from]?.value && to + 1 < order.length) to++;
    for (let place = from; place <= to; place++)
      ranks[order[place]?.i ?? 0] = (from + to) / 2 - (values.length - 1) / 2;
    from = to + 1;
  }
  return ranks;
}
