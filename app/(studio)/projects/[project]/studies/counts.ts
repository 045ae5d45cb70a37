/** `3 arms`, `1 arm`, `1,152 votes`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** Minutes as people say them: `40 minutes`, `13 hours`. */
export function duration(minutes: number): string {
  if (minutes < 90) return count(Math.ceil(minutes), 'minute');
  return count(Math.round(minutes / 60), 'hour');
}

/** A day as everybody reads it; times are the browser's own. */
export function day(iso: string): string {
  return new Date(iso).toLocaleDateString('en', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}
