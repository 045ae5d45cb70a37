import type { Tone } from '#components/badge.tsx';
import type { ImportState } from '#lib/generation/schema.ts';

export const STATE_WORDS: Readonly<Record<ImportState, { text: string; tone: Tone }>> = {
  receiving: { text: 'Not started', tone: 'warn' },
  waiting: { text: 'Waiting', tone: 'accent' },
  running: { text: 'Reading', tone: 'accent' },
  done: { text: 'Done', tone: 'good' },
  failed: { text: 'Failed', tone: 'bad' },
};

/** A number of things in words: `1 video`, `1,024 videos`. */
export function countOf(number: number, word: string): string {
  return `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A size for people, in powers of 1024 with three digits at most. */
export function bytesText(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  const digits = step === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)}\u00a0${UNITS[step]}`;
}

/** A time for people: seconds below a minute, minutes below two hours. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
