import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { flowSettings } from '#lib/platform/media/flow.ts';
import type { AdmittedModel } from '#lib/platform/models/models.ts';
import { columnNameSchema, modelPathSchema } from './column-name.ts';
import type { ClipToScore, OpenScorer, Scorer, ScorerPlatform } from './scorer.ts';
import { withFrames } from './with-frames.ts';

const { framesPerSecond, workingShortSide, mapShortSide, unit } = flowSettings.shape;

const settings = z
  .strictObject({
    method: z
      .enum(['farneback', 'raft'])
      .default('farneback')
      .meta({ title: 'Optical flow: Farneback, or a RAFT model' }),
    model: modelPathSchema.optional().meta({ title: 'RAFT model, an .onnx file (for raft alone)' }),
    inputRange: z
      .enum(['0..255', '-1..1'])
      .default('0..255')
      .meta({ title: 'Range of the pixels that the RAFT model takes' }),
    framesPerSecond: framesPerSecond.meta({ title: 'Frames compared per second' }),
    workingShortSide: workingShortSide.meta({
      title: 'Short side of the frames that flow is computed on, in pixels',
    }),
    mapShortSide: mapShortSide.meta({ title: 'Short side of the averaged flow map, in pixels' }),
    unit: unit.meta({
      title: 'Pixels of the clip itself, or of the frames that flow is computed on',
    }),
    column: columnNameSchema.default('flow').meta({ title: 'Column for the score' }),
  })
  .refine(({ method, model }) => method !== 'raft' || model !== undefined, {
    path: ['model'],
    message: 'name the RAFT model',
  });
type Settings = z.output<typeof settings>;

/** How much a clip moves: the mean length of optical flow over time and space. */
export const motion: Scorer<Settings> = {
  name: 'motion',
  title: 'Motion',
  description:
    'How far the picture moves from one sampled frame to the next: the mean length of optical flow.',
  version: 1,
  settings,
  columns: ({ column, unit: pixels, framesPerSecond: rate }) => [
    {
      name: column,
      kind: 'number',
      description: `Mean optical flow between frames at ${rate} a second`,
      unit: pixels === 'source-pixels' ? 'pixels' : 'working pixels',
    },
  ],
  reads: () => [],
  async open(platform, chosen) {
    if (chosen.method === 'raft' && chosen.model !== undefined) {
      return openRaft(platform, chosen, await platform.models.admit(chosen.model, 'file'));
    }
    return {
      models: {},
      async score({ path }, signal) {
        const flow = await platform.media.measureFlow(path, pickFlow(chosen), { signal });
        return { [chosen.column]: flow.mean };
      },
      close: async () => undefined,
    };
  },
};

function pickFlow(chosen: Settings): z.output<typeof flowSettings> {
  return flowSettings.parse({
    framesPerSecond: chosen.framesPerSecond,
    workingShortSide: chosen.workingShortSide,
    mapShortSide: chosen.mapShortSide,
    unit: chosen.unit,
  });
}

async function openRaft(
  platform: ScorerPlatform,
  chosen: Settings,
  model: AdmittedModel,
): Promise<OpenScorer> {
  const { frameSize } = await platform.models.load(model);
  const request = {
    at: { framesPerSecond: chosen.framesPerSecond },
    size: frameSize ?? { shortSide: chosen.workingShortSide },
  };
  return {
    models: model.hashes,
    score({ path }: ClipToScore, signal: AbortSignal) {
      return withFrames(platform, path, request, signal, async (frames, { source }) => {
        if (frames.count < 2) throw tooShort(chosen.framesPerSecond);
        const isSource = chosen.unit === 'source-pixels';
        const scale = isSource
          ? { x: source.width / frames.width, y: source.height / frames.height }
          : { x: 1, y: 1 };
        const { inputRange, mapShortSide: map } = chosen;
        const flow = { inputRange, mapShortSide: map, scale };
        const pairs = await platform.models.measureFlow(model, frames, flow, { signal });
        return { [chosen.column]: pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length };
      });
    },
    close: async () => undefined,
  };
}

function tooShort(rate: number): AppError {
  return new AppError(
    'BAD_INPUT',
    `The video is too short to measure motion at ${rate} frames a second: two frames are needed.`,
    { reason: 'TOO_SHORT' },
  );
}
