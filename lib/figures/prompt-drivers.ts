import { valueText } from './curve-scales.ts';
import { type DotRow, dotRows } from './dot-rows.ts';
import type { FigureText } from './svg-figure.ts';

/** How far one prompt moves a result. */
export interface PromptDriver {
  readonly prompt: string;
  /** What kind of prompt it is, small under it: its tags. */
  readonly note?: string;
  readonly influence: number;
}

export interface PromptDrivers extends FigureText {
  /** What influence is, with its unit. */
  readonly xLabel: string;
  /** What a prompt without influence does, for example "no influence". */
  readonly referenceLabel: string;
  readonly drivers: readonly PromptDriver[];
  readonly width?: number;
}

const MOST_PROMPTS = 20;

/** Draws the prompts that move a result most, strongest first, on either side of none. */
export function promptDrivers(figure: PromptDrivers): string {
  const { drivers, referenceLabel, width = 640, ...text } = figure;
  const strongest = [...drivers]
    .sort((a, b) => Math.abs(b.influence) - Math.abs(a.influence))
    .slice(0, MOST_PROMPTS);
  const signed = valueText(true);
  return dotRows({
    ...text,
    width,
    reference: { value: 0, label: referenceLabel },
    valueText: signed,
    rows: strongest.map(({ prompt, note, influence }): DotRow => {
      const number = signed(Number(influence.toFixed(1)));
      return {
        name: prompt,
        ...(note === undefined ? {} : { note }),
        value: influence,
        low: null,
        high: null,
        number,
        tip: `${prompt}: ${number}`,
      };
    }),
  });
}
