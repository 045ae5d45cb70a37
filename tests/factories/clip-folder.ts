import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GraphNode, onnxModel } from './onnx-graph.ts';

const WORDS = ['<unk>', 'red', 'green', 'blue', 'a', 'picture'];
const SIZE = 8;
const COLOURS = 3;

/**
 * Writes a CLIP whose embedding is the mean colour: of a frame, and of a text that names red, green or
 * blue.
 *
 * @param layout one graph for each side, or one graph for both
 * @param tokens the length of a text that the graph insists on; absent: any
 */
export async function writeClipFolder(
  folder: string,
  { layout = 'two', tokens }: { layout?: 'one' | 'two'; tokens?: number } = {},
): Promise<void> {
  await mkdir(join(folder, 'onnx'), { recursive: true });
  const json = (name: string, value: unknown) =>
    writeFile(join(folder, name), JSON.stringify(value));
  await json('config.json', { model_type: 'clip', architectures: ['CLIPModel'] });
  await json('preprocessor_config.json', {
    image_processor_type: 'CLIPImageProcessor',
    do_resize: true,
    size: { shortest_edge: SIZE },
    resample: 3,
    do_center_crop: true,
    crop_size: { width: SIZE, height: SIZE },
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: false,
  });
  await json('tokenizer_config.json', {
    tokenizer_class: 'PreTrainedTokenizerFast',
    unk_token: '<unk>',
    pad_token: '<unk>',
    model_max_length: 16,
  });
  await json('tokenizer.json', {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    model: {
      type: 'WordLevel',
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
      unk_token: '<unk>',
    },
  });
  const sides = { text: text(tokens ?? 'tokens'), vision: vision() };
  if (layout === 'two') {
    await writeFile(join(folder, 'onnx/text_model.onnx'), onnxModel(sides.text));
    await writeFile(join(folder, 'onnx/vision_model.onnx'), onnxModel(sides.vision));
    return;
  }
  const both = onnxModel({
    inputs: [...sides.text.inputs, ...sides.vision.inputs],
    outputs: [...sides.text.outputs, ...sides.vision.outputs],
    constants: [...sides.text.constants, ...sides.vision.constants],
    nodes: [...sides.text.nodes, ...sides.vision.nodes],
  });
  await writeFile(join(folder, 'onnx/model.onnx'), both);
}

function vision() {
  return {
    inputs: [{ name: 'pixel_values', type: 'float' as const, shape: ['images', 3, SIZE, SIZE] }],
    outputs: [{ name: 'image_embeds', type: 'float' as const, shape: ['images', COLOURS] }],
    constants: [],
    nodes: [meanOver('pixel_values', 'image_embeds', [2, 3])],
  };
}

function text(tokens: number | string) {
  const colours = new Float32Array(WORDS.length * COLOURS);
  for (const colour of [0, 1, 2]) colours[(colour + 1) * COLOURS + colour] = 1;
  return {
    inputs: [{ name: 'input_ids', type: 'int64' as const, shape: ['texts', tokens] }],
    outputs: [{ name: 'text_embeds', type: 'float' as const, shape: ['texts', COLOURS] }],
    constants: [{ name: 'colours', shape: [WORDS.length, COLOURS], values: colours }],
    nodes: [
      { op: 'Gather', inputs: ['colours', 'input_ids'], outputs: ['words'] },
      meanOver('words', 'text_embeds', [1]),
    ],
  };
}

function meanOver(from: string, to: string, axes: readonly number[]): GraphNode {
  return { op: 'ReduceMean', inputs: [from], outputs: [to], attributes: { axes, keepdims: 0 } };
}
