import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readFrames } from '../frames-file.ts';
import { ModelCache } from '../model-cache.ts';
import type { FramesFile, SessionSettings } from '../task.ts';
import {
  AutoImageProcessor,
  AutoTokenizer,
  CLIPModel,
  CLIPTextModelWithProjection,
  CLIPVisionModelWithProjection,
  type ImageProcessor,
  imageOf,
  modelOptions,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  RawImage,
  type Tensor,
} from './transformers.ts';

/** A CLIP in memory. Where the folder has one graph for both sides, each side is asked with a stand-in. */
export interface Clip {
  tokenizer: PreTrainedTokenizer;
  processor: ImageProcessor;
  text: PreTrainedModel;
  vision: PreTrainedModel;
  standIns: { images: Record<string, Tensor>; texts: Record<string, Tensor> } | null;
}

const clips = new ModelCache<Clip>(({ text, vision }) =>
  Promise.all([text.dispose(), vision.dispose()]),
);

/** Loads a folder in the layout that Transformers.js reads as `clip`, once. */
export function openClip(folder: string, settings: SessionSettings): Promise<Clip> {
  return clips.get(folder, () => loadClip(folder, settings));
}

async function loadClip(folder: string, settings: SessionSettings): Promise<Clip> {
  const options = modelOptions(settings);
  const tokenizer = await AutoTokenizer.from_pretrained(folder, options);
  const processor = await AutoImageProcessor.from_pretrained(folder, options);
  if (existsSync(join(folder, 'onnx/text_model.onnx'))) {
    const text = await CLIPTextModelWithProjection.from_pretrained(folder, options);
    const vision = await CLIPVisionModelWithProjection.from_pretrained(folder, options);
    return { tokenizer, processor, text, vision, standIns: null };
  }
  const both = await CLIPModel.from_pretrained(folder, options);
  const clip = { tokenizer, processor, text: both, vision: both, standIns: null };
  const black = new RawImage(new Uint8ClampedArray(64 * 64 * 3), 64, 64, 3);
  return {
    ...clip,
    standIns: { images: { ...(await processor([black])) }, texts: tokenize(clip, 'a') },
  };
}

/**
 * The size that a frame should have when it comes, so that the model's own preparation has no more than a
 * crop to do: Transformers.js shrinks without smoothing, FFmpeg smooths as Pillow does.
 */
export function clipFrameSize({ processor }: Clip) {
  const { size, do_resize: isResized } = processor.config;
  if (isResized === false || size === undefined) return null;
  if (typeof size === 'number') return { shortSide: size };
  const { shortest_edge: shortSide, width, height } = size;
  if (typeof shortSide === 'number') return { shortSide };
  return typeof width === 'number' && typeof height === 'number' ? { width, height } : null;
}

/** The embedding of each frame, at unit length. */
export async function embedImages(clip: Clip, frames: FramesFile): Promise<number[][]> {
  const embeddings: number[][] = [];
  for (const pixels of readFrames(frames)) {
    const inputs = await clip.processor([imageOf(pixels, frames)]);
    const { image_embeds: output } = await clip.vision({ ...clip.standIns?.texts, ...inputs });
    embeddings.push(unitVector(output, 'image_embeds'));
  }
  return embeddings;
}

/** The embedding of each text, at unit length. Each goes alone, so that its digits don't depend on others. */
export async function embedTexts(clip: Clip, texts: readonly string[]): Promise<number[][]> {
  const embeddings: number[][] = [];
  for (const text of texts) {
    const inputs = tokenize(clip, text);
    const { text_embeds: output } = await clip.text({ ...clip.standIns?.images, ...inputs });
    embeddings.push(unitVector(output, 'text_embeds'));
  }
  return embeddings;
}

/** Cut off at the tokenizer's length; filled up where the graph insists on a length. */
function tokenize({ tokenizer, text }: Pick<Clip, 'tokenizer' | 'text'>, words: string) {
  const length = fixedLength(text);
  return length === null
    ? tokenizer([words], { truncation: true, padding: true })
    : tokenizer([words], { truncation: true, padding: 'max_length', max_length: length });
}

function fixedLength(model: PreTrainedModel): number | null {
  for (const session of Object.values(model.sessions)) {
    const inputs: readonly { name: string; shape?: readonly unknown[] }[] =
      session.inputMetadata ?? [];
    const length = inputs.find(({ name }) => name === 'input_ids')?.shape?.[1];
    if (typeof length === 'number') return length;
  }
  return null;
}

function unitVector(output: Tensor | undefined, name: string): number[] {
  if (!output) throw new Error(`The graph has no output ${name}: it is no CLIP with projection.`);
  const values = Array.from(output.data as Float32Array);
  const length = Math.hypot(...values);
  if (!(length > 0) || !Number.isFinite(length)) {
    throw new Error(`The graph's ${name} has no direction.`);
  }
  return values.map((value) => value / length);
}
