import type { Random } from '../../../lib/core/random.ts';
import type { Word } from './burnt-text.ts';
import { WORDS } from './burnt-text.ts';
import { between, type Content, drawContent, pick, type Scene } from './scene.ts';

/** What can be wrong with a clip. `noise`, `blur` and `exposure` are the three ways of being ugly. */
export const FAULTS = ['none', 'still', 'text', 'noise', 'blur', 'exposure', 'caption'] as const;
export type FaultName = (typeof FAULTS)[number];

export interface FaultMix {
  shares: Record<FaultName, number>;
  /** The least severity that is drawn for an ugly clip. */
  mildest: number;
}

/** The world itself: half of the clips are bad. */
export const WORLD_MIX: FaultMix = {
  shares: {
    none: 0.5,
    still: 0.17,
    text: 0.1,
    noise: 0.05,
    blur: 0.05,
    exposure: 0.05,
    caption: 0.08,
  },
  mildest: 0.7,
};

/** The labelled set: mostly ugly ones of every severity, from which ugliness can be learned. */
export const RATED_MIX: FaultMix = {
  shares: {
    none: 0.25,
    still: 0.05,
    text: 0.1,
    noise: 0.2,
    blur: 0.2,
    exposure: 0.2,
    caption: 0,
  },
  mildest: 0.1,
};

/** The fault of one clip. `severity` is in (0, 1]: how strong noise, blur or exposure is, else 1. */
export type Fault =
  | { name: 'none' | 'still'; severity: number }
  | { name: 'text'; severity: number; word: Word; at: 'top' | 'bottom' }
  | { name: 'noise' | 'blur'; severity: number }
  | { name: 'exposure'; severity: number; towards: 'black' | 'white' }
  | { name: 'caption'; severity: number; said: Content };

export function drawFault(scene: Scene, mix: FaultMix, random: Random): Fault {
  const name = drawName(mix, random);
  const severity = between(mix.mildest, 1, random);
  switch (name) {
    case 'none':
    case 'still':
      return { name, severity: 1 };
    case 'text':
      return { name, severity: 1, word: pick(WORDS, random), at: pick(['top', 'bottom'], random) };
    case 'noise':
    case 'blur':
      return { name, severity };
    case 'exposure':
      return { name, severity, towards: pick(['black', 'white'], random) };
    case 'caption':
      return { name, severity: 1, said: drawOther(scene, random) };
  }
}

/** Content that differs in its colour, its direction and at least one thing more. */
function drawOther(scene: Content, random: Random): Content {
  for (;;) {
    const other = drawContent(random);
    const differs =
      other.colour !== scene.colour &&
      other.direction !== scene.direction &&
      (other.shape !== scene.shape || other.background !== scene.background);
    if (differs) return other;
  }
}

function drawName({ shares }: FaultMix, random: Random): FaultName {
  let left = random.next();
  for (const name of FAULTS) {
    left -= shares[name];
    if (left < 0) return name;
  }
  return 'none';
}
