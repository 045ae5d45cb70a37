import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { columnPrefixSchema, modelPathSchema } from './column-name.ts';
import type { Scorer } from './scorer.ts';
import { withFrames } from './with-frames.ts';

const PLACES = ['first', 'middle', 'last'] as const;
/** Sides that the detectors' graphs take are multiples of this. */
const STEP = 32;

const share = z.number().min(0).max(1);
const settings = z
  .strictObject({
    method: z
      .enum(['dbnet', 'craft'])
      .default('dbnet')
      .meta({ title: 'Kind of text detector: DBNet or CRAFT' }),
    model: modelPathSchema
      .optional()
      .meta({ title: 'Detector, an .onnx file (not set: the DBNet that comes with Winnow)' }),
    longSide: z
      .int()
      .min(32)
      .max(4096)
      .default(960)
      .meta({ title: 'Long side that frames are shrunk to, in pixels' }),
    enlarge: z
      .number()
      .min(1)
      .max(16)
      .default(1)
      .meta({ title: 'How many times smaller frames may be enlarged on the way there' }),
    pixelThreshold: share
      .default(0.3)
      .meta({ title: 'DBNet: probability from which a pixel is text' }),
    boxThreshold: share.default(0.6).meta({ title: 'DBNet: mean probability that a box needs' }),
    unclipRatio: z.number().min(0).max(5).default(1.5).meta({ title: 'DBNet: growth of a box' }),
    textThreshold: share.default(0.7).meta({ title: 'CRAFT: highest score that a box needs' }),
    linkThreshold: share.default(0.4).meta({ title: 'CRAFT: score from which characters join' }),
    lowText: share.default(0.4).meta({ title: 'CRAFT: score from which a pixel is text' }),
    prefix: columnPrefixSchema.default('ocr').meta({ title: 'Name of the columns' }),
  })
  .refine(({ method, model }) => method !== 'craft' || model !== undefined, {
    path: ['model'],
    message: 'name the CRAFT model',
  });
type Settings = z.output<typeof settings>;

/** How much of a clip's picture is covered by text. */
export const textArea: Scorer<Settings> = {
  name: 'text-area',
  title: 'Text area',
  description:
    'The share of the picture that boxes of found text cover, in the first, middle and last frame.',
  version: 1,
  settings,
  columns: ({ prefix }) =>
    [
      { name: prefix, description: 'Text area, mean of the three frames' },
      { name: `${prefix}_max`, description: 'Text area, the highest of the three frames' },
      ...PLACES.map((place) => ({
        name: `${prefix}_${place}`,
        description: `Text area of the ${place} frame`,
      })),
    ].map((column) => ({ ...column, kind: 'number' as const, unit: 'share of the frame' })),
  reads: () => [],
  async open(platform, chosen) {
    const { models } = platform;
    const model =
      chosen.model === undefined
        ? await models.admitTextDetector()
        : await models.admit(chosen.model, 'file');
    const { frameSize } = await models.load(model);
    const { longSide, enlarge, prefix } = chosen;
    const size = frameSize ?? { longSide, enlarge, multipleOf: STEP };
    const detection = detectionOf(chosen);
    return {
      models: model.hashes,
      score: ({ path }, signal) =>
        withFrames(platform, path, { at: [...PLACES], size }, signal, async (frames) => {
          const found = await models.detectText(model, frames, detection, { signal });
          const [first, middle, last] = found.map((frame) => frame.share);
          if (first === undefined || middle === undefined || last === undefined) {
            throw new AppError('UNAVAILABLE', 'The text detector left a frame out.');
          }
          return {
            [prefix]: (first + middle + last) / PLACES.length,
            [`${prefix}_max`]: Math.max(first, middle, last),
            [`${prefix}_first`]: first,
            [`${prefix}_middle`]: middle,
            [`${prefix}_last`]: last,
          };
        }),
      close: async () => undefined,
    };
  },
};

function detectionOf(chosen: Settings) {
  if (chosen.method === 'craft') {
    const { textThreshold, linkThreshold, lowText } = chosen;
    return { method: 'craft' as const, textThreshold, linkThreshold, lowText };
  }
  const { pixelThreshold, boxThreshold, unclipRatio } = chosen;
  return { method: 'dbnet' as const, pixelThreshold, boxThreshold, unclipRatio };
}
