import type { Tone } from '#components/badge.tsx';
import type { RunSource, RunState, StageProgress } from '#lib/curation/schema.ts';

export const RUN_WORDS: Readonly<Record<RunState, { text: string; tone: Tone }>> = {
  waiting: { text: 'Waiting', tone: 'accent' },
  running: { text: 'At work', tone: 'accent' },
  paused: { text: 'Paused', tone: 'warn' },
  done: { text: 'Done', tone: 'good' },
  failed: { text: 'Stopped', tone: 'bad' },
  cancelled: { text: 'Cancelled', tone: 'neutral' },
};

/** Whether what is shown may change by itself. */
export function isMoving(state: RunState): boolean {
  return state === 'waiting' || state === 'running';
}

/** Where the clips come from, in a few words. */
export function sourceText(source: RunSource): string {
  if (source.kind === 'videos') return source.path;
  return source.version === undefined
    ? source.dataset
    : `${source.dataset}, version ${source.version}`;
}

/** A time for people: seconds below a minute and a half, minutes below two hours. */
export function leftText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s left`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min left`;
  return `${Math.round(seconds / 3600)} h left`;
}

/** Three digits, such as 0.125, 3.25 or 120. */
export function speedText(perSecond: number): string {
  const value = perSecond >= 100 ? String(Math.round(perSecond)) : perSecond.toPrecision(3);
  return `${value} clips/s`;
}

const PIECES: Readonly<Record<StageProgress['kind'], readonly [string, string] | null>> = {
  list: null,
  cut: ['video', 'videos'],
  take: ['shard', 'shards'],
  gather: null,
  score: ['shard', 'shards'],
  join: null,
};

/** How many of its pieces a stage has done; empty where it is one piece. */
export function piecesText({ kind, units, unitsDone }: StageProgress): string {
  const words = PIECES[kind];
  if (words === null || units === null) return '';
  return `${unitsDone.toLocaleString('en')} of ${units.toLocaleString('en')} ${units === 1 ? words[0] : words[1]}`;
}
