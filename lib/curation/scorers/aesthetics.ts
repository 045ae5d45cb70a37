import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { applyLinearHead, readLinearHead, unitLength } from './aesthetics-head.ts';
import { columnNameSchema, modelPathSchema } from './column-name.ts';
import type { Scorer, ScorerPlatform } from './scorer.ts';

const settings = z.strictObject({
  head: modelPathSchema.meta({
    title: 'Head over CLIP embeddings: a .json, .safetensors or .onnx file',
  }),
  embeddings: z
    .array(columnNameSchema)
    .min(1)
    .max(16)
    .default(['clip_first', 'clip_middle', 'clip_last'])
    .meta({ title: 'Columns of embeddings' }),
  column: columnNameSchema.default('aes').meta({ title: 'Column for the score' }),
});
type Settings = z.output<typeof settings>;

/** How a clip is liked as a picture, by a head over its CLIP embeddings. */
export const aesthetics: Scorer<Settings> = {
  name: 'aesthetics',
  title: 'Aesthetics',
  description:
    'A linear head over CLIP embeddings, as LAION has it: the mean over the first, middle and last frame.',
  version: 1,
  settings,
  columns: ({ column, embeddings }) => [
    {
      name: column,
      kind: 'number',
      description: `Aesthetics, mean over ${embeddings.join(', ')}`,
      unit: 'score of the head',
    },
  ],
  reads: ({ embeddings }) => embeddings,
  async open(platform, chosen) {
    const { hashes, judge } = await openHead(platform, chosen.head);
    return {
      models: hashes,
      async score({ values }, signal) {
        const vectors = chosen.embeddings.flatMap((name) => {
          const value = values[name];
          return value instanceof Float32Array ? [value] : [];
        });
        if (vectors.length === 0) return { [chosen.column]: null };
        const scores = await judge(vectors, signal);
        return { [chosen.column]: scores.reduce((sum, score) => sum + score, 0) / scores.length };
      },
      close: async () => undefined,
    };
  },
};

type Judge = (vectors: readonly Float32Array[], signal: AbortSignal) => Promise<number[]>;

async function openHead(
  platform: ScorerPlatform,
  path: string,
): Promise<{ hashes: Readonly<Record<string, string>>; judge: Judge }> {
  const model = await platform.models.admit(path, 'file');
  const { hashes } = model;
  if (path.endsWith('.onnx')) {
    await platform.models.load(model);
    const judge: Judge = async (vectors, signal) => {
      const outputs = await platform.models.apply(model, vectors.map(unitLength), { signal });
      return outputs.map(([score]) => {
        if (score === undefined) throw new AppError('CONFLICT', `The head "${path}" says nothing.`);
        return score;
      });
    };
    return { hashes, judge };
  }
  const head = readLinearHead(path, await readFile(model.path));
  const judge: Judge = async (vectors) =>
    vectors.map((vector) => {
      if (vector.length === head.weights.length) return applyLinearHead(head, vector);
      throw new AppError(
        'CONFLICT',
        `The head "${path}" takes ${head.weights.length} numbers and the embedding has ${vector.length}: it belongs to another CLIP.`,
      );
    });
  return { hashes, judge };
}
