import { measureModelFlow } from './flow/measure-model-flow.ts';
import { fixedSize, openSession, runGraph } from './onnx/sessions.ts';
import type { ModelTask, SessionSettings } from './task.ts';
import { detectText } from './text-detection/detect-text.ts';
import { captionFrames, openCaptioner } from './transformers/captioner.ts';
import { clipFrameSize, embedImages, embedTexts, openClip } from './transformers/clip.ts';

/** Does one task in the process that runs models. */
export async function perform(task: ModelTask, settings: SessionSettings): Promise<unknown> {
  switch (task.kind) {
    case 'load-graph':
      return {
        frameSize: fixedSize(await openSession(task.model, settings)),
        captioner: null,
      };
    case 'load-clip':
      return { frameSize: clipFrameSize(await openClip(task.folder, settings)), captioner: null };
    case 'load-captioner':
      return { frameSize: null, captioner: (await openCaptioner(task.folder, settings)).takes };
    case 'embed-images':
      return embedImages(await openClip(task.folder, settings), task.frames);
    case 'embed-texts':
      return embedTexts(await openClip(task.folder, settings), task.texts);
    case 'caption':
      return captionFrames(await openCaptioner(task.folder, settings), task);
    case 'detect-text':
      return detectText(await openSession(task.model, settings), task.frames, task.detection);
    case 'flow':
      return measureModelFlow(await openSession(task.model, settings), task.frames, task.flow);
    case 'apply':
      return applyGraph(task.model, task.vectors, settings);
  }
}

/** Runs a graph of one input [1, width] over each vector; what it gives is flattened. */
async function applyGraph(
  model: string,
  inputs: readonly (readonly number[])[],
  settings: SessionSettings,
): Promise<number[][]> {
  const session = await openSession(model, settings);
  const results: number[][] = [];
  for (const input of inputs) {
    const [output] = await runGraph(session, [
      { data: Float32Array.from(input), shape: [1, input.length] },
    ]);
    results.push(Array.from(output?.data ?? []));
  }
  return results;
}
