const MINUS = '\u2212';

/** A signed whole number of points, with a real minus sign. */
export function points(value: number): string {
  const rounded = Math.round(value);
  return rounded < 0 ? `${MINUS}${Math.abs(rounded)}` : String(Math.abs(rounded));
}

/** "31 Elo, 95 % interval 12 to 50". */
export function eloWithInterval(value: number, low: number, high: number): string {
  return `${points(value)} Elo, 95 % interval ${points(low)} to ${points(high)}`;
}

/** "p = 0.003", "p < 0.001". */
export function pWords(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${Number(p.toPrecision(p < 0.01 ? 1 : 2))}`;
}

/** A probability as whole percents, never 0 or 100 where it is neither. */
export function chance(value: number): string {
  if (value > 0 && value < 0.01) return 'under 1 %';
  if (value < 1 && value > 0.99) return 'over 99 %';
  return `${Math.round(value * 100)} %`;
}

/** "58 % of the votes (95 % interval 52 to 64 %)". */
export function shareWithInterval(share: number, low: number, high: number): string {
  const percent = (value: number) => Math.round(value * 100);
  return `${percent(share)} % of the votes (95 % interval ${percent(low)} to ${percent(high)} %)`;
}

/** "about 300 more votes would tell". */
export function moreVotesWords(moreVotes: number | null): string {
  return moreVotes === null
    ? 'no realistic number of votes would tell'
    : `about ${moreVotes.toLocaleString('en')} more ${moreVotes === 1 ? 'vote' : 'votes'} would tell`;
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
