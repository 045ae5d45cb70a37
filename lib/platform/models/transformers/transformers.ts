import { env, RawImage } from '@huggingface/transformers';
import { sessionOptions } from '../onnx/sessions.ts';
import type { SessionSettings } from '../task.ts';

export {
  AutoImageProcessor,
  AutoModelForVision2Seq,
  AutoTokenizer,
  CLIPModel,
  CLIPTextModelWithProjection,
  CLIPVisionModelWithProjection,
  type ImageProcessor,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  RawImage,
  Tensor,
} from '@huggingface/transformers';

// Folders of this machine and nothing else: no request leaves, nothing is kept anywhere.
env.allowRemoteModels = false;
env.allowLocalModels = true;
env.useFSCache = false;
env.useBrowserCache = false;
env.useWasmCache = false;
env.fetch = () => Promise.reject(new Error('Models are read from local folders alone.'));

/** What every model of Transformers.js is opened with. */
export function modelOptions(settings: SessionSettings) {
  return {
    local_files_only: true,
    dtype: 'fp32' as const,
    device: 'cpu' as const,
    session_options: sessionOptions(settings),
  };
}

/** A frame as Transformers.js takes it. */
export function imageOf(pixels: Uint8Array, { width, height }: { width: number; height: number }) {
  return new RawImage(new Uint8ClampedArray(pixels), width, height, 3);
}
