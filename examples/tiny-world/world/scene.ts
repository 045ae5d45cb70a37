import type { Random } from '../../../lib/core/random.ts';

/** Side of a picture in pixels: three for each pixel of the 32 x 32 world that models are trained on. */
export const SIDE = 96;
/** Two seconds: optical flow at 2 frames a second then sees four pictures. */
export const FRAMES = 16;
export const FPS = 8;

export type Rgb = readonly [red: number, green: number, blue: number];

export const COLOURS = {
  red: [230, 40, 40],
  green: [40, 200, 60],
  blue: [50, 80, 235],
  yellow: [240, 220, 50],
  white: [245, 245, 245],
} as const satisfies Record<string, Rgb>;

/** Each differs in brightness from every shape on it: optical flow sees no colour. */
export const BACKGROUNDS = {
  black: [15, 15, 15],
  gray: [165, 165, 165],
  sky: [120, 185, 235],
} as const satisfies Record<string, Rgb>;

export const DIRECTIONS = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
} as const satisfies Record<string, readonly [number, number]>;

export type Colour = keyof typeof COLOURS;
export type Background = keyof typeof BACKGROUNDS;
export type Direction = keyof typeof DIRECTIONS;
export const SHAPES = ['circle', 'square', 'triangle'] as const;
export type Shape = (typeof SHAPES)[number];

/** What a caption can say of a clip. */
export interface Content {
  colour: Colour;
  shape: Shape;
  direction: Direction;
  background: Background;
}

/** One shape that crosses the picture; lengths in pixels, speed in pixels a frame. */
export interface Scene extends Content {
  radius: number;
  speed: number;
  /** Where the shape is in the middle of the clip. */
  centre: { x: number; y: number };
}

/** A pair that can hardly be told apart is left out of the world. */
const TOO_ALIKE = new Set(['white sky', 'blue sky']);

export function drawContent(random: Random): Content {
  const content: Content = {
    colour: pick(Object.keys(COLOURS) as Colour[], random),
    shape: pick(SHAPES, random),
    direction: pick(Object.keys(DIRECTIONS) as Direction[], random),
    background: pick(Object.keys(BACKGROUNDS) as Background[], random),
  };
  return TOO_ALIKE.has(`${content.colour} ${content.background}`) ? drawContent(random) : content;
}

export function drawScene(random: Random): Scene {
  const content = drawContent(random);
  return {
    ...content,
    radius: between(16.5, 21, random),
    speed: between(2.4, 3, random),
    centre: { x: between(42, 54, random), y: between(42, 54, random) },
  };
}

/** The sentence that describes a clip. */
export function caption({ colour, shape, direction, background }: Content): string {
  return `a ${colour} ${shape} moves ${direction} over a ${background} background`;
}

export function pick<T>(items: readonly T[], random: Random): T {
  return items[random.integer(items.length)] as T;
}

export function between(low: number, high: number, random: Random): number {
  return low + (high - low) * random.next();
}
