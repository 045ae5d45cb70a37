import * as z from 'zod';
import { columnNameSchema } from './column-name.ts';
import { fillPrompt, placesIn } from './fill-prompt.ts';
import type { ClipToScore, Scorer } from './scorer.ts';

/** After the paper's third captioner: an LLM's summary of the image's and the video's caption. */
const PROMPT = `Two captions describe the same short video.
Of its middle frame: {image}
Of the whole video: {video}
Write one sentence that describes the video. Use only what the captions say, keep how things move, and leave out what they contradict each other in. Answer with the sentence alone.`;

const settings = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .max(200)
      .meta({ title: 'Model, by the name that the server gives it' }),
    captions: z
      .record(columnNameSchema, columnNameSchema)
      .default({ image: 'caption_image', video: 'caption_video' })
      .meta({ title: 'Captions that are merged: names in the prompt, with their columns' }),
    column: columnNameSchema.default('caption_merged').meta({ title: 'Column for the caption' }),
    prompt: z
      .string()
      .min(1)
      .max(10_000)
      .default(PROMPT)
      .meta({ title: 'Prompt; a name in braces stands for a caption' }),
    maxTokens: z.int().min(1).max(4096).default(120).meta({ title: 'Longest answer, in tokens' }),
    temperature: z.number().min(0).max(2).default(0).meta({ title: 'Temperature' }),
    seed: z.int().min(0).default(0).meta({ title: 'Seed' }),
  })
  .superRefine(({ captions, prompt }, context) => {
    const unknown = placesIn(prompt).find((name) => !Object.hasOwn(captions, name));
    if (unknown !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['prompt'],
        message: `{${unknown}} is none of the captions: ${Object.keys(captions).join(', ')}`,
      });
    const unused = Object.keys(captions).find((name) => !placesIn(prompt).includes(name));
    if (unused !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['prompt'],
        message: `the prompt has to hold {${unused}}`,
      });
  });
type Settings = z.output<typeof settings>;

/** One caption made of several by a language model, whose address only the operator sets. */
export const mergeCaptions: Scorer<Settings> = {
  name: 'merge-captions',
  title: 'Merged caption',
  description:
    'One sentence that a language model makes of other captions; tokens and cost of each clip are kept.',
  version: 1,
  settings,
  columns: ({ column }) => [
    { name: column, kind: 'text', description: 'Caption merged by a language model' },
    {
      name: `${column}_tokens`,
      kind: 'number',
      description: 'Tokens sent and received for it; 0 where none was needed',
    },
    {
      name: `${column}_cost`,
      kind: 'number',
      description: 'What the answer cost when it was first given',
      unit: 'dollars',
    },
  ],
  reads: ({ captions }) => [...new Set(Object.values(captions))],
  async open({ llm, log }, { captions, column, prompt, ...asked }) {
    llm.expectServer();
    const spent = { asked: 0, kept: 0, tokens: 0, dollars: 0 };
    return {
      models: {},
      async score(clip, signal) {
        const texts = textsOf(clip, captions);
        const [only, ...others] = Object.values(texts);
        if (only === undefined || others.length === 0)
          return { [column]: only ?? null, [`${column}_tokens`]: 0, [`${column}_cost`]: 0 };
        const answer = await llm.complete({ ...asked, prompt: fillPrompt(prompt, texts) }, signal);
        const tokens = answer.promptTokens + answer.completionTokens;
        if (answer.wasKept) spent.kept++;
        else {
          spent.asked++;
          spent.tokens += tokens;
          spent.dollars += answer.costDollars;
        }
        return {
          [column]: answer.text === '' ? null : answer.text,
          [`${column}_tokens`]: tokens,
          [`${column}_cost`]: answer.costDollars,
        };
      },
      async close() {
        log.info({ model: asked.model, spent }, 'captions merged by the language model');
      },
    };
  },
};

/** The captions that the clip has, by their names in the prompt. */
function textsOf({ values }: ClipToScore, captions: Settings['captions']): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, column] of Object.entries(captions)) {
    const value = values[column];
    if (typeof value === 'string' && value.trim() !== '') texts[name] = value.trim();
  }
  return texts;
}
