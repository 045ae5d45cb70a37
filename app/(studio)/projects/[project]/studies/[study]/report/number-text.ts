const MINUS = '\u2212';

/** `+31`, `−4` or `0`: an Elo difference in whole points. */
export function signedText(value: number): string {
  const whole = Math.round(value);
  if (whole === 0) return '0';
  return whole > 0 ? `+${whole}` : `${MINUS}${-whole}`;
}

/** `+12 to +50`, or a dash where there is no interval. */
export function intervalText(low: number | null, high: number | null): string {
  return low === null || high === null ? '–' : `${signedText(low)} to ${signedText(high)}`;
}

/** `0.003`, `< 0.001`, or a dash. */
export function pText(p: number | null): string {
  if (p === null) return '–';
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

/** `61.5 %`, or a dash. */
export function percentText(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)}\u2009%`;
}

/** `2`, or `2–3` where the votes leave several places open. */
export function rangeText(low: number | null, high: number | null): string {
  if (low === null || high === null) return '–';
  return low === high ? String(low) : `${low}–${high}`;
}
