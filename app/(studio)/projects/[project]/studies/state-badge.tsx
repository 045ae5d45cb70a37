import { Badge, type Tone } from '#components/badge.tsx';
import type { StudyState } from '#lib/studies/schema.ts';

const TONES: Record<StudyState, Tone> = {
  draft: 'neutral',
  running: 'good',
  paused: 'warn',
  closed: 'accent',
};
const WORDS: Record<StudyState, string> = {
  draft: 'Draft',
  running: 'Running',
  paused: 'Paused',
  closed: 'Closed',
};

export function StateBadge({ state }: { state: StudyState }) {
  return <Badge tone={TONES[state]}>{WORDS[state]}</Badge>;
}
