/** A moment as people read it: `Nov 24, 2026, 5:30 PM`. */
export function dateText(iso: string): string {
  return new Date(iso).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
}
