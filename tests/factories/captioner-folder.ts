import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GraphShape, onnxModel } from './onnx-graph.ts';

const WORDS = ['<pad>', '<s>', '</s>', 'a', 'red', 'green', 'blue', 'picture'];
const [PAD, START, END] = [0, 1, 2];
const SIZE = 8;

/**
 * Writes a captioner in the layout of docs/captioners.md that says "a red picture", green or blue by the
 * mean colour of what it sees.
 *
 * @param frames absent: it takes one picture; else a video of that many frames
 */
export async function writeCaptionerFolder(folder: string, frames?: number): Promise<void> {
  await mkdir(join(folder, 'onnx'), { recursive: true });
  const json = (name: string, value: unknown) =>
    writeFile(join(folder, name), JSON.stringify(value));
  const special = { bos_token_id: START, eos_token_id: END, pad_token_id: PAD };
  await json('config.json', {
    model_type: 'vision-encoder-decoder',
    architectures: ['VisionEncoderDecoderModel'],
    is_encoder_decoder: true,
    decoder_start_token_id: START,
    ...special,
    encoder: { model_type: 'vit' },
    decoder: { model_type: 'gpt2', n_layer: 1, n_head: 1, n_embd: 3 },
  });
  await json('generation_config.json', { decoder_start_token_id: START, ...special });
  await json('preprocessor_config.json', {
    image_processor_type: 'ViTImageProcessor',
    do_resize: true,
    size: { width: SIZE, height: SIZE },
    resample: 2,
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: false,
  });
  await json('tokenizer_config.json', {
    tokenizer_class: 'PreTrainedTokenizerFast',
    bos_token: '<s>',
    eos_token: '</s>',
    pad_token: '<pad>',
    unk_token: '<pad>',
    model_max_length: 16,
  });
  await json('tokenizer.json', tokenizer());
  const shape = frames === undefined ? ['batch', 3, SIZE, SIZE] : ['batch', frames, 3, SIZE, SIZE];
  await writeFile(join(folder, 'onnx/encoder_model.onnx'), encoder(shape));
  await writeFile(join(folder, 'onnx/decoder_model_merged.onnx'), decoder());
}

function tokenizer() {
  const special = [PAD, START, END].map((id) => ({
    id,
    content: WORDS[id],
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special,
    normalizer: null,
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    model: {
      type: 'WordLevel',
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
      unk_token: '<pad>',
    },
  };
}

/** The mean colour of each picture: `last_hidden_state` [batch, pictures, 3]. */
function encoder(shape: GraphShape): Buffer {
  const isVideo = shape.length === 5;
  return onnxModel({
    inputs: [{ name: 'pixel_values', type: 'float', shape }],
    outputs: [{ name: 'last_hidden_state', type: 'float', shape: ['batch', 'pictures', 3] }],
    constants: [{ name: 'axis', shape: [1], values: BigInt64Array.of(1n) }],
    nodes: [
      {
        op: 'ReduceMean',
        inputs: ['pixel_values'],
        outputs: [isVideo ? 'last_hidden_state' : 'colour'],
        attributes: { axes: isVideo ? [3, 4] : [2, 3], keepdims: 0 },
      },
      ...(isVideo
        ? []
        : [{ op: 'Unsqueeze', inputs: ['colour', 'axis'], outputs: ['last_hidden_state'] }]),
    ],
  });
}

/** After each word the next; after "a" the colour that the encoder saw. It has no cache of its own. */
function decoder(): Buffer {
  const next = new Float32Array(WORDS.length ** 2);
  const follows = (word: number, then: number) => {
    next[word * WORDS.length + then] = 10;
  };
  follows(START, 3);
  for (const colour of [4, 5, 6]) {
    follows(3, colour);
    follows(colour, 7);
  }
  follows(7, END);
  const seen = new Float32Array(3 * WORDS.length);
  for (const channel of [0, 1, 2]) seen[channel * WORDS.length + 4 + channel] = 1;
  return onnxModel({
    inputs: [
      { name: 'input_ids', type: 'int64', shape: ['batch', 'tokens'] },
      { name: 'encoder_hidden_states', type: 'float', shape: ['batch', 'pictures', 3] },
    ],
    outputs: [{ name: 'logits', type: 'float', shape: ['batch', 'tokens', WORDS.length] }],
    constants: [
      { name: 'next', shape: [WORDS.length, WORDS.length], values: next },
      { name: 'seen', shape: [3, WORDS.length], values: seen },
    ],
    nodes: [
      { op: 'Gather', inputs: ['next', 'input_ids'], outputs: ['expected'] },
      {
        op: 'ReduceMean',
        inputs: ['encoder_hidden_states'],
        outputs: ['mean'],
        attributes: { axes: [1], keepdims: 1 },
      },
      { op: 'MatMul', inputs: ['mean', 'seen'], outputs: ['colours'] },
      { op: 'Add', inputs: ['expected', 'colours'], outputs: ['logits'] },
    ],
  });
}
