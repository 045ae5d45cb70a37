import { numberText } from './number-text.ts';
import { FONT_SIZE } from './svg-figure.ts';
import { textWidth } from './text-width.ts';

const MOST_LEVEL_TICKS = 9;

export function plotHeight(width: number): number {
  return Math.round(Math.min(300, Math.max(200, width * 0.5)));
}

/** About how wide the ticks of these values are; ticks lie a little outside of them. */
export function widestTick(values: readonly number[], text: (value: number) => string): number {
  return values
    .map((value) => text(Math.sign(value) * Math.ceil(Math.abs(value) * 1.2)))
    .reduce((most, tick) => Math.max(most, textWidth(tick, FONT_SIZE)), 20);
}

/** Differences carry their sign. */
export function valueText(isDifference: boolean): (value: number) => string {
  return isDifference
    ? (value) => `${value > 0 ? '+' : ''}${numberText(value).replace('-', '−')}`
    : numberText;
}

/** A single value, or none, still needs a scale. */
export function domainOf(values: readonly number[]): { domain?: [number, number] } {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (low < high) return { domain: [low, high] };
  const middle = values.length > 0 ? low : 1000;
  return { domain: [middle - 10, middle + 10] };
}

/** The levels themselves as ticks, thinned out where there are many or they would touch. */
export function thinned(levels: readonly number[], text: (level: number) => string, width: number) {
  const span = (levels.at(-1) ?? 0) - (levels[0] ?? 0) || 1;
  const kept: number[] = [];
  const step = Math.ceil(levels.length / MOST_LEVEL_TICKS);
  levels.forEach((level, i) => {
    const last = kept.at(-1);
    const gap = last === undefined ? Infinity : ((level - last) / span) * width;
    const room = textWidth(text(level), FONT_SIZE) + 8;
    if (i % step === 0 && gap >= room) kept.push(level);
  });
  return kept;
}
