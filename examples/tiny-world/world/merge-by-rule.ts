import { BACKGROUNDS, COLOURS, SHAPES } from './scene.ts';

const SENTENCE = new RegExp(
  `a (${Object.keys(COLOURS).join('|')}) (${SHAPES.join('|')})` +
    `( moves (?:left|right|up|down)| rests)? over a (${Object.keys(BACKGROUNDS).join('|')}) background`,
  'g',
);

/**
 * Plays the language model: makes one sentence of the tiny world's captions in a prompt. Motion comes from
 * the caption that tells it, the rest from the first; what they contradict each other in is left out.
 */
export function mergeByRule(prompt: string): string {
  const seen = [...prompt.matchAll(SENTENCE)].map(([, colour, shape, motion, background]) => ({
    colour,
    shape,
    motion,
    background,
  }));
  const agreed = (part: 'colour' | 'shape' | 'background') => {
    const values = new Set(seen.map((caption) => caption[part]));
    return values.size === 1 ? seen[0]?.[part] : undefined;
  };
  const what = [agreed('colour'), agreed('shape') ?? 'shape'].filter(Boolean).join(' ');
  const motion = seen.find((caption) => caption.motion !== undefined)?.motion ?? ' is shown';
  const background = agreed('background');
  return `a ${what}${motion}${background ? ` over a ${background} background` : ''}`;
}
