// The child process in which a captioner's graphs run. It has an empty environment, loads nothing from
// the network and ends when its parent goes away.
import { readFile } from 'node:fs/promises';
import {
  AutoImageProcessor,
  AutoModelForVision2Seq,
  AutoTokenizer,
  env,
  RawImage,
  Tensor,
} from '@huggingface/transformers';
import { z } from 'zod';
import type { CaptionerTask, captionerReply, FramesFile } from './captioner-task.ts';

env.allowRemoteModels = false;
env.useFSCache = false;

type Reply = z.infer<typeof captionerReply>;

interface Loaded {
  shape: (number | string)[];
  describe(frames: FramesFile, maxNewTokens: number): Promise<string>;
}

const session = z.object({
  inputNames: z.array(z.string()),
  inputMetadata: z.array(
    z.object({ name: z.string(), shape: z.array(z.union([z.number(), z.string()])) }),
  ),
});
const sessions = z.object({ model: session, decoder_model_merged: session });

let loaded: Loaded | undefined;

async function load(folder: string, threads: number): Promise<Loaded> {
  const options = { local_files_only: true } as const;
  const [model, tokenizer, processor] = await Promise.all([
    AutoModelForVision2Seq.from_pretrained(folder, {
      ...options,
      device: 'cpu',
      dtype: 'fp32',
      session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
    }),
    AutoTokenizer.from_pretrained(folder, options),
    AutoImageProcessor.from_pretrained(folder, options),
  ]);
  const { model: encoder, decoder_model_merged: decoder } = sessions.parse(model.sessions);
  const pixels = encoder.inputMetadata.find((input) => input.name === 'pixel_values');
  if (!pixels) throw new Error('encoder_model.onnx has no input "pixel_values"');
  if (!decoder.inputNames.some((name) => name.startsWith('past_key_values')))
    model.prepare_inputs_for_generation = allTokensAgain;
  return {
    shape: pixels.shape,
    async describe(file, maxNewTokens) {
      const { pixel_values: values } = await processor(await readFrames(file));
      if (!(values instanceof Tensor)) throw new Error('the pictures could not be prepared');
      const output = await model.generate({
        inputs: pixels.shape.length === 5 ? values.unsqueeze(0) : values,
        max_new_tokens: maxNewTokens,
        do_sample: false,
        num_beams: 1,
      });
      if (!(output instanceof Tensor)) throw new Error('the decoder gave no tokens');
      const [text = ''] = tokenizer.batch_decode(output, { skip_special_tokens: true });
      return text.trim();
    },
  };
}

/** What the decoder gets next where it keeps no cache; Transformers.js would hand it the last token alone. */
function allTokensAgain(ids: bigint[][], inputs: Record<string, unknown>): object {
  const { past_key_values: _none, ...rest } = inputs;
  const shape = [ids.length, ids[0]?.length ?? 0];
  return { ...rest, decoder_input_ids: new Tensor('int64', BigInt64Array.from(ids.flat()), shape) };
}

async function readFrames({ path, width, height, count }: FramesFile): Promise<RawImage[]> {
  const bytes = await readFile(path);
  const size = width * height * 3;
  if (bytes.length !== size * count) throw new Error('the frames have another size than was said');
  return Array.from({ length: count }, (_, at) => {
    const pixels = new Uint8ClampedArray(bytes.subarray(at * size, (at + 1) * size));
    return new RawImage(pixels, width, height, 3);
  });
}

async function perform(task: CaptionerTask): Promise<Reply> {
  if (task.kind === 'open') {
    loaded = await load(task.folder, task.threads);
    return { kind: 'opened', shape: loaded.shape };
  }
  if (!loaded) throw new Error('the captioner is not open');
  return { kind: 'described', text: await loaded.describe(task.frames, task.maxNewTokens) };
}

process.on('disconnect', () => process.exit());
process.on('message', async (task: CaptionerTask) => {
  const reply = await perform(task).catch((error: unknown): Reply => {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', message: message.slice(0, 1000) };
  });
  process.send?.(reply);
});
process.send?.('ready');
