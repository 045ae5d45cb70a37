import { InferenceSession, Tensor } from 'onnxruntime-node';
import { ModelCache } from '../model-cache.ts';
import type { SessionSettings } from '../task.ts';

export { type InferenceSession, Tensor } from 'onnxruntime-node';

const SEVERITY_ERROR = 3;

const sessions = new ModelCache<InferenceSession>((session) => session.release());

/** What each session of ONNX Runtime is opened with, those inside Transformers.js too. */
export function sessionOptions({ providers, threads }: SessionSettings) {
  return {
    executionProviders: [...providers],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: SEVERITY_ERROR as 0 | 1 | 2 | 3 | 4,
  };
}

/** The session of a graph, opened once. */
export function openSession(path: string, settings: SessionSettings): Promise<InferenceSession> {
  return sessions.get(path, () => InferenceSession.create(path, sessionOptions(settings)));
}

/** Runs a graph that takes float32 tensors, its inputs in the graph's own order. */
export async function runGraph(
  session: InferenceSession,
  inputs: readonly { data: Float32Array; shape: readonly number[] }[],
): Promise<{ data: Float32Array; shape: readonly number[] }[]> {
  if (session.inputNames.length !== inputs.length) {
    throw new Error(
      `The graph has ${session.inputNames.length} inputs; one with ${inputs.length} is needed.`,
    );
  }
  const feeds = Object.fromEntries(
    inputs.map(({ data, shape }, at) => [
      session.inputNames[at] ?? '',
      new Tensor('float32', data, shape),
    ]),
  );
  const outputs = await session.run(feeds);
  return session.outputNames.map((name) => {
    const output = outputs[name];
    if (!output || !(output.data instanceof Float32Array)) {
      throw new Error(`The graph's output ${name} is not float32.`);
    }
    return { data: output.data, shape: output.dims };
  });
}

/** Height and width that a picture input of [batch, 3, height, width] insists on; null where it is free. */
export function fixedSize(session: InferenceSession): { width: number; height: number } | null {
  const [input] = session.inputMetadata;
  const [, , height, width] = input?.isTensor ? input.shape : [];
  return typeof height === 'number' && typeof width === 'number' ? { width, height } : null;
}
