import { INK } from './svg-figure.ts';

/**
 * From orange (0) over white (one half) to blue (1); the two ends differ for every kind of eye.
 *
 * @param place in [0, 1].
 */
export function divergingColor(place: number): string {
  return `rgb(${channelsOf(place).join(',')})`;
}

/** White or dark, whichever has the higher contrast on that colour (relative luminance of WCAG 2). */
export function inkOn(place: number): string {
  const weights = [0.2126, 0.7152, 0.0722];
  const luminance = channelsOf(place).reduce(
    (sum, channel, c) => sum + (weights[c] ?? 0) * (channel / 255) ** 2.2,
    0,
  );
  return luminance < 0.179 ? 'white' : INK;
}

function channelsOf(place: number): readonly number[] {
  const far = Math.min(1, Math.abs(place - 0.5) * 2);
  const end = place < 0.5 ? [179, 88, 6] : [5, 80, 145];
  return end.map((channel) => Math.round(255 + (channel - 255) * far));
}
