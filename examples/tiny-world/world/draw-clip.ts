import type { Random } from '../../../lib/core/random.ts';
import { burntText } from './burnt-text.ts';
import type { Fault } from './fault.ts';
import { BACKGROUNDS, COLOURS, DIRECTIONS, FRAMES, type Scene, type Shape, SIDE } from './scene.ts';

/** RGB of one picture, row by row, 0 to 255, not yet rounded. */
export type Picture = Float32Array;

/** Standard deviation of the strongest noise, in levels of 255. */
const NOISE_LEVELS = 48;
/** Standard deviation of the strongest blur, in pixels. */
const BLUR_PIXELS = 10;
/** Share of the contrast that the worst exposure takes. */
const LOST_CONTRAST = 0.75;
/** Noise and the world's grid: one grain covers 3 x 3 pixels, so that it lives on at 32 x 32. */
const GRAIN = 3;

/**
 * Draws the pictures of a clip, with its fault.
 *
 * @param frames pictures, and how many of them pass for each frame of the world's own clock.
 */
export function* drawClip(
  scene: Scene,
  fault: Fault,
  random: Random,
  frames = { count: FRAMES, perTick: 1 },
): Generator<Picture> {
  const [dx, dy] = DIRECTIONS[scene.direction];
  const speed = fault.name === 'still' ? 0 : scene.speed / frames.perTick;
  for (let index = 0; index < frames.count; index++) {
    const way = speed * (index - (frames.count - 1) / 2);
    const picture = drawPicture(scene, scene.centre.x + dx * way, scene.centre.y + dy * way);
    yield spoil(picture, fault, random);
  }
}

function drawPicture(scene: Scene, x: number, y: number): Picture {
  const picture = new Float32Array(SIDE * SIDE * 3);
  const paint = COLOURS[scene.colour];
  const ground = BACKGROUNDS[scene.background];
  for (let row = 0, at = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const outside = distance(scene.shape, column + 0.5 - x, row + 0.5 - y, scene.radius);
      const cover = Math.min(1, Math.max(0, 0.5 - outside));
      for (let channel = 0; channel < 3; channel++, at++) {
        const base = ground[channel] ?? 0;
        picture[at] = base + ((paint[channel] ?? 0) - base) * cover;
      }
    }
  }
  return picture;
}

/** Pixels from a point to the edge of a shape that lies around the origin; negative inside. */
function distance(shape: Shape, x: number, y: number, radius: number): number {
  switch (shape) {
    case 'circle':
      return Math.hypot(x, y) - radius;
    case 'square':
      return Math.max(Math.abs(x), Math.abs(y)) - radius * 0.9;
    case 'triangle': {
      // Its tip is 1.1 radii above the origin, its base 0.9 below and 2.2 wide.
      const slope = 2 / 1.1;
      const side = (Math.abs(x) * slope - (y + radius * 1.1)) / Math.hypot(slope, 1);
      return Math.max(side, y - radius * 0.9);
    }
  }
}

function spoil(picture: Picture, fault: Fault, random: Random): Picture {
  switch (fault.name) {
    case 'text':
      return overlay(picture, burntText(fault.word, fault.at));
    case 'noise':
      return addNoise(picture, NOISE_LEVELS * fault.severity, random);
    case 'blur':
      return blur(picture, BLUR_PIXELS * fault.severity);
    case 'exposure': {
      const gain = 1 - LOST_CONTRAST * fault.severity;
      const offset = fault.towards === 'white' ? 255 * (1 - gain) : 0;
      return picture.map((value) => value * gain + offset);
    }
    default:
      return picture;
  }
}

function overlay(picture: Picture, layer: Uint8Array): Picture {
  return picture.map((value, at) => {
    const pixel = Math.floor(at / 3) * 4;
    const opacity = (layer[pixel + 3] ?? 0) / 255;
    return value * (1 - opacity) + (layer[pixel + (at % 3)] ?? 0);
  });
}

function addNoise(picture: Picture, deviation: number, random: Random): Picture {
  const grains = SIDE / GRAIN;
  const noise = Float32Array.from({ length: grains * grains * 3 }, () => random.normal());
  return picture.map((value, at) => {
    const column = Math.floor((Math.floor(at / 3) % SIDE) / GRAIN);
    const row = Math.floor(at / 3 / SIDE / GRAIN);
    const grain = noise[(row * grains + column) * 3 + (at % 3)] ?? 0;
    return Math.min(255, Math.max(0, value + deviation * grain));
  });
}

/** Gaussian blur, rows then columns; the edge repeats. */
function blur(picture: Picture, deviation: number): Picture {
  const reach = Math.ceil(deviation * 2.5);
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * deviation ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const along = (from: Picture, pixelStep: number, lineStep: number): Picture => {
    const to = new Float32Array(from.length);
    for (let line = 0; line < SIDE; line++) {
      for (let at = 0; at < SIDE; at++) {
        for (let channel = 0; channel < 3; channel++) {
          let total = 0;
          for (let tap = -reach; tap <= reach; tap++) {
            const near = Math.min(SIDE - 1, Math.max(0, at + tap));
            total +=
              (weights[tap + reach] ?? 0) *
              (from[line * lineStep + near * pixelStep + channel] ?? 0);
          }
          to[line * lineStep + at * pixelStep + channel] = total / sum;
        }
      }
    }
    return to;
  };
  return along(along(picture, 3, SIDE * 3), SIDE * 3, 3);
}
