/** Numbers as people write them: at most three decimals, thousands set apart from 10,000 on. */
export function numberText(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 3, useGrouping: 'min2' });
}
