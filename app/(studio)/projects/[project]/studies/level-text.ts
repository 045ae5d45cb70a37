import type { Axis } from '#lib/studies/schema.ts';

/** A level as people read it: `25 %` for a removed fraction, `18` or `24 frames/s` otherwise. */
export function levelText(axis: Axis, level: number | null): string {
  if (level === null) return 'not set';
  if (axis.kind === 'removed-fraction') return `${trim(level * 100)}\u2009%`;
  return axis.unit ? `${trim(level)}\u2009${axis.unit}` : trim(level);
}

function trim(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 6 });
}
