import type * as z from 'zod';
import { captionerSettings, openCaptionerScorer } from './captioner-scorer.ts';
import { columnNameSchema } from './column-name.ts';
import type { Scorer } from './scorer.ts';

const settings = captionerSettings.extend({
  column: columnNameSchema.default('caption_image').meta({ title: 'Column for the caption' }),
});
type Settings = z.output<typeof settings>;

/** A caption of the clip's middle frame, by an ONNX captioner of the researcher's. */
export const imageCaption: Scorer<Settings> = {
  name: 'image-caption',
  title: 'Caption of the middle frame',
  description: 'What an image captioner says about the frame in the middle of the clip.',
  version: 1,
  settings,
  columns: ({ column }) => [
    { name: column, kind: 'text', description: 'Caption of the middle frame' },
  ],
  reads: () => [],
  open: (platform, chosen) =>
    openCaptionerScorer(platform, chosen, {
      kind: 'image',
      at: ['middle'],
      column: chosen.column,
    }),
};
