/** `12.5 %`, with at most two decimals. */
export function percentText(share: number): string {
  return `${+(100 * share).toFixed(2)}\u2009%`;
}
