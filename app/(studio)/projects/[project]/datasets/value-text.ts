/** A value of a column for people: four significant digits, an en dash where there is none. */
export function valueText(value: number | string | null | undefined): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return value.toLocaleString('en', { useGrouping: 'min2' });
  const size = Math.abs(value);
  if (size >= 10_000) return Math.round(value).toLocaleString('en');
  return size < 0.0001 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

/** A share in percent, with as many decimals as tell it from nothing and from all. */
export function shareText(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const percent = (100 * part) / whole;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  if (percent < 100 && percent > 99.9) return '> 99.9 %';
  return `${Number(percent.toFixed(1))} %`;
}
