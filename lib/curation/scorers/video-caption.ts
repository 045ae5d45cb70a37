import * as z from 'zod';
import { captionerSettings, openCaptionerScorer } from './captioner-scorer.ts';
import { columnNameSchema } from './column-name.ts';
import type { Scorer } from './scorer.ts';

const settings = captionerSettings.extend({
  column: columnNameSchema.default('caption_video').meta({ title: 'Column for the caption' }),
  frames: z
    .int()
    .min(1)
    .max(64)
    .default(8)
    .meta({ title: 'Frames that it sees, from the middles of equal parts of the clip' }),
});
type Settings = z.output<typeof settings>;

/** A caption of several frames of the clip together, by an ONNX captioner of the researcher's. */
export const videoCaption: Scorer<Settings> = {
  name: 'video-caption',
  title: 'Caption of the video',
  description: 'What a video captioner says about frames spread evenly over the clip.',
  version: 1,
  settings,
  columns: ({ column }) => [
    { name: column, kind: 'text', description: 'Caption of several frames together' },
  ],
  reads: () => [],
  open: (platform, chosen) =>
    openCaptionerScorer(platform, chosen, {
      kind: 'video',
      at: { uniform: chosen.frames },
      column: chosen.column,
    }),
};
