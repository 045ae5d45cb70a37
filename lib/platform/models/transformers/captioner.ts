import { z } from 'zod';
import { readFrames } from '../frames-file.ts';
import { ModelCache } from '../model-cache.ts';
import type { FramesFile, SessionSettings } from '../task.ts';
import {
  AutoImageProcessor,
  AutoModelForVision2Seq,
  AutoTokenizer,
  type ImageProcessor,
  imageOf,
  modelOptions,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  Tensor,
} from './transformers.ts';

/** A captioner in memory; docs/captioners.md describes its folder. */
export interface Captioner {
  tokenizer: PreTrainedTokenizer;
  processor: ImageProcessor;
  model: PreTrainedModel;
  takes: CaptionerInput;
}

export interface CaptionerInput {
  /** `image`: it takes one frame; `video`: several. */
  kind: 'image' | 'video';
  /** How many frames its graph is made for; null: any number. */
  frames: number | null;
}

const PICTURE_DIMENSIONS = 4;
const VIDEO_DIMENSIONS = 5;

const session = z.object({
  inputNames: z.array(z.string()),
  inputMetadata: z.array(
    z.object({ name: z.string(), shape: z.array(z.union([z.number(), z.string()])) }),
  ),
});
const sessions = z.object({ model: session, decoder_model_merged: session });

const captioners = new ModelCache<Captioner>(({ model }) => model.dispose());

/** Loads a captioner, once. */
export function openCaptioner(folder: string, settings: SessionSettings): Promise<Captioner> {
  return captioners.get(folder, async () => {
    const options = modelOptions(settings);
    const tokenizer = await AutoTokenizer.from_pretrained(folder, options);
    const processor = await AutoImageProcessor.from_pretrained(folder, options);
    const model = await AutoModelForVision2Seq.from_pretrained(folder, options);
    const { model: encoder, decoder_model_merged: decoder } = sessions.parse(model.sessions);
    if (!decoder.inputNames.some((name) => name.startsWith('past_key_values'))) {
      model.prepare_inputs_for_generation = allTokensAgain;
    }
    const pixels = encoder.inputMetadata.find((input) => input.name === 'pixel_values');
    return { tokenizer, processor, model, takes: inputOf(pixels?.shape ?? []) };
  });
}

/** What the captioner says of one frame, or of all frames together; greedy, so the same each time. */
export async function captionFrames(
  { tokenizer, processor, model, takes }: Captioner,
  { frames, maxNewTokens }: { frames: FramesFile; maxNewTokens: number },
): Promise<string> {
  const images = Array.from(readFrames(frames), (pixels) => imageOf(pixels, frames));
  const { pixel_values: pixels } = await processor(images);
  if (!(pixels instanceof Tensor)) throw new Error('The frames could not be prepared.');
  const generated = await model.generate({
    inputs: takes.kind === 'video' ? pixels.unsqueeze(0) : pixels,
    max_new_tokens: maxNewTokens,
    num_beams: 1,
    do_sample: false,
  });
  if (!(generated instanceof Tensor)) throw new Error('The decoder gave no tokens.');
  const [caption = ''] = tokenizer.batch_decode(generated, { skip_special_tokens: true });
  return caption.trim();
}

function inputOf(shape: readonly (number | string)[]): CaptionerInput {
  if (shape.length === PICTURE_DIMENSIONS) return { kind: 'image', frames: 1 };
  if (shape.length !== VIDEO_DIMENSIONS) {
    throw new Error(`"pixel_values" has ${shape.length} dimensions instead of 4 or 5.`);
  }
  return { kind: 'video', frames: typeof shape[1] === 'number' ? shape[1] : null };
}

/** What the decoder gets next where it keeps no cache; Transformers.js would hand it the last token alone. */
function allTokensAgain(ids: bigint[][], inputs: Record<string, unknown>): object {
  const { past_key_values: _none, ...rest } = inputs;
  const shape = [ids.length, ids[0]?.length ?? 0];
  return { ...rest, decoder_input_ids: new Tensor('int64', BigInt64Array.from(ids.flat()), shape) };
}
