import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { columnPrefixSchema, modelPathSchema } from './column-name.ts';
import type { ColumnValue, Scorer, ScorerColumn } from './scorer.ts';
import { withFrames } from './with-frames.ts';

const PLACES = ['first', 'middle', 'last'] as const;

const settings = z.strictObject({
  folder: modelPathSchema.meta({ title: 'Folder of the CLIP, in the layout of Transformers.js' }),
  captions: z
    .array(columnPrefixSchema)
    .max(16)
    .default([])
    .meta({ title: 'Caption columns that the frames are compared with' }),
  prefix: columnPrefixSchema.default('clip').meta({ title: 'Name of the embedding columns' }),
  matchPrefix: columnPrefixSchema
    .max(12)
    .default('match')
    .meta({ title: 'Name of the similarity columns, before that of the caption' }),
});
type Settings = z.output<typeof settings>;

/** What a CLIP sees in a clip, and how well each caption says it. */
export const clip: Scorer<Settings> = {
  name: 'clip',
  title: 'CLIP embeddings and caption match',
  description:
    'Embeddings of the first, middle and last frame, and their cosine to the embedding of each caption.',
  version: 1,
  settings,
  columns: (chosen) => [
    ...PLACES.map(
      (place): ScorerColumn => ({
        name: `${chosen.prefix}_${place}`,
        kind: 'vector',
        description: `CLIP embedding of the ${place} frame, at unit length`,
      }),
    ),
    ...chosen.captions.flatMap((caption): ScorerColumn[] => {
      const name = matchName(chosen, caption);
      const column = (end: string, what: string): ScorerColumn => ({
        name: `${name}${end}`,
        kind: 'number',
        description: `CLIP similarity of ${caption} to ${what}`,
        unit: 'cosine',
      });
      return [
        column('', 'the three frames, mean'),
        ...PLACES.map((place) => column(`_${place}`, `the ${place} frame`)),
      ];
    }),
  ],
  reads: ({ captions }) => captions,
  async open(platform, chosen) {
    const { models } = platform;
    const model = await models.admit(chosen.folder, 'clip');
    const { frameSize } = await models.load(model);
    const request = { at: [...PLACES], ...(frameSize ? { size: frameSize } : {}) };
    return {
      models: model.hashes,
      async score({ path, values }, signal) {
        const images = await withFrames(platform, path, request, signal, (frames) =>
          models.embedImages(model, frames, { signal }),
        );
        if (images.length !== PLACES.length) {
          throw new AppError('UNAVAILABLE', 'The CLIP left a frame out.');
        }
        const texts = chosen.captions.map((caption) => textOf(values[caption]));
        const known = texts.filter((text) => text !== null);
        const embedded = await models.embedTexts(model, known, { signal });
        const result: Record<string, ColumnValue> = {};
        for (const [at, place] of PLACES.entries()) {
          result[`${chosen.prefix}_${place}`] = images[at] ?? null;
        }
        for (const [at, caption] of chosen.captions.entries()) {
          const text = texts[at] === null ? undefined : embedded.shift();
          const cosines = images.map((image) => (text ? cosine(image, text) : null));
          Object.assign(result, matches(matchName(chosen, caption), cosines));
        }
        return result;
      },
      close: async () => undefined,
    };
  },
};

function matchName({ matchPrefix }: Settings, caption: string): string {
  return `${matchPrefix}_${caption}`;
}

function textOf(value: ColumnValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** Mean and single values; all missing where there is no caption. */
function matches(name: string, cosines: readonly (number | null)[]): Record<string, ColumnValue> {
  const known = cosines.filter((value) => value !== null);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return {
    [name]: known.length === 0 ? null : mean,
    ...Object.fromEntries(PLACES.map((place, at) => [`${name}_${place}`, cosines[at] ?? null])),
  };
}

/** Of two vectors at unit length, up to the rounding of their numbers. */
function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) {
    throw new AppError(
      'CONFLICT',
      `The CLIP gives ${a.length} numbers for a picture and ${b.length} for a text; the two sides do not belong together.`,
    );
  }
  let sum = 0;
  for (const [at, value] of a.entries()) sum += value * (b[at] ?? 0);
  return sum;
}
