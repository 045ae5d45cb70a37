import type { Tone } from '#components/badge.tsx';
import type { RegistrationProgress, VersionSummary } from '#lib/datasets/schema.ts';

export const STATE_WORDS: Readonly<Record<VersionSummary['state'], { text: string; tone: Tone }>> =
  {
    waiting: { text: 'Waiting', tone: 'accent' },
    running: { text: 'Reading', tone: 'accent' },
    paused: { text: 'Paused', tone: 'warn' },
    done: { text: 'Ready', tone: 'good' },
    failed: { text: 'Failed', tone: 'bad' },
    cancelled: { text: 'Cancelled', tone: 'neutral' },
  };

/** Whether a version may still change, so that it is worth looking again. */
export function isMoving({ state }: Pick<VersionSummary, 'state'>): boolean {
  return state === 'waiting' || state === 'running';
}

const PHASE_WORDS: Readonly<Record<RegistrationProgress['phase'], string>> = {
  listing: 'Looking through the files',
  reading: 'Reading and checking the rows',
  sorting: 'Sorting the clips',
  writing: 'Writing the table',
  describing: 'Describing the scores',
};

/** What a registration is doing, in words. */
export function progressText(progress: RegistrationProgress | null): string {
  if (progress === null) return 'Waiting for a worker';
  const { phase, files, filesDone, rows } = progress;
  const number = (value: number) => value.toLocaleString('en');
  const read = rows > 0 ? `, ${number(rows)} rows` : '';
  if (phase === 'reading')
    return `${PHASE_WORDS[phase]}: ${number(filesDone)} of ${number(files)} files${read}`;
  return `${PHASE_WORDS[phase]}${read}`;
}
