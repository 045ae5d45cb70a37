/** Percentages as a person writes them, such as "0, 12.5, 25 %", as shares; null for anything else. */
export function readFractions(text: string): number[] | null {
  const parts = text
    .replaceAll('%', ' ')
    .split(/[\s,;]+/)
    .filter((part) => part !== '');
  const shares = parts.map((part) => Math.round(Number(part) * 100) / 10_000);
  const isRight = shares.length > 0 && shares.every((share) => share >= 0 && share < 1);
  return isRight ? shares : null;
}
