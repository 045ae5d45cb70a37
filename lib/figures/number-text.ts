/** Numbers as people write them: at most three decimals, thousands set apart from 10,000 on. */
export function numberText(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 3, useGrouping: 'min2' });
}

/** Large counts in short: 9.8 M, 640 k. */
export function compactText(value: number): string {
  const text = value.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 });
  return text.replace(/(?<=\d)(?=[A-Z])/, ' ').replace('K', 'k');
}

/** A number with as many decimals as tell values apart that lie within `span` of each other. */
export function fineText(value: number, span: number): string {
  const decimals = span > 0 ? Math.min(15, Math.max(0, 2 - Math.floor(Math.log10(span)))) : 3;
  return value.toLocaleString('en', { maximumFractionDigits: decimals, useGrouping: 'min2' });
}
