import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import { ChildPool } from '../child-process/child-pool.ts';
import { ChildFailure } from '../child-process/child-worker.ts';
import { type CaptionerTask, captionerReply, type FramesFile } from './captioner-task.ts';
import { hashFiles } from './hash-files.ts';

/** A captioner with its graphs in a child process: one folder of docs/captioners.md. */
export interface Captioner {
  /** `image`: it takes one frame; `video`: several. */
  readonly kind: 'image' | 'video';
  /** How many frames its graph is made for; null: any number. */
  readonly frames: number | null;
  /** SHA-256 of each file of the folder, by its path in it. */
  readonly models: Readonly<Record<string, string>>;
  /**
   * What it says about the frames of one clip, without spaces around it; may be empty.
   *
   * @throws AppError UNAVAILABLE where its graphs fail, or take too long or too much memory
   */
  describe(frames: FramesFile, maxNewTokens: number, signal?: AbortSignal): Promise<string>;
  close(): void;
}

export interface CaptionerOptions {
  threads?: number;
  /** Resident memory of the child process, in MiB. */
  memoryMebibytes?: number;
  signal?: AbortSignal;
}

const FILES = [
  'config.json',
  'generation_config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  join('onnx', 'encoder_model.onnx'),
  join('onnx', 'decoder_model_merged.onnx'),
] as const;
const OPTIONAL_FILES = ['encoder_model.onnx_data', 'decoder_model_merged.onnx_data'].map((name) =>
  join('onnx', name),
);

const OPEN_SECONDS = 300;
const DESCRIBE_SECONDS = 300;
const HEAP_MEBIBYTES = 1024;
/** What Node and the runtime map as data without touching it. */
const DATA_SLACK_MEBIBYTES = 8192;
const PICTURE_DIMENSIONS = 4;
const VIDEO_DIMENSIONS = 5;

/**
 * Loads a captioner.
 *
 * @throws AppError NOT_FOUND where a file is missing; BAD_INPUT where the folder is no captioner
 */
export async function openCaptioner(
  folder: string,
  { threads = availableParallelism(), memoryMebibytes = 8192, signal }: CaptionerOptions = {},
): Promise<Captioner> {
  const models = await hashFiles(folder, FILES, OPTIONAL_FILES);
  const rules = {
    entry: 'lib/platform/onnx/captioner-process.ts',
    memoryMebibytes,
    dataMebibytes: memoryMebibytes + DATA_SLACK_MEBIBYTES,
    heapMebibytes: HEAP_MEBIBYTES,
  };
  // One process, and one clip at a time in it: its graphs use all threads already.
  const pool = new ChildPool(rules, 1);
  let pid: number | undefined;

  async function ask(task: CaptionerTask, limitSeconds: number, signal?: AbortSignal) {
    try {
      return captionerReply.parse(await pool.run(task, { limitSeconds, signal }));
    } catch (error) {
      throw error instanceof ChildFailure ? unavailable(error) : error;
    }
  }

  /** Opens the folder in the process of now; one that was killed is replaced by a fresh one. */
  async function open(signal?: AbortSignal): Promise<readonly (number | string)[]> {
    const reply = await ask({ kind: 'open', folder, threads }, OPEN_SECONDS, signal);
    if (reply.kind !== 'opened')
      throw refused(folder, reply.kind === 'failed' ? reply.message : '');
    [pid] = pool.processIds();
    return reply.shape;
  }

  try {
    const shape = await open(signal);
    if (shape.length !== PICTURE_DIMENSIONS && shape.length !== VIDEO_DIMENSIONS)
      throw refused(folder, `"pixel_values" has ${shape.length} dimensions instead of 4 or 5`);
    const kind = shape.length === VIDEO_DIMENSIONS ? 'video' : 'image';
    const frames = kind === 'video' && typeof shape[1] === 'number' ? shape[1] : null;
    return {
      kind,
      frames,
      models,
      async describe(file, maxNewTokens, signal) {
        if (pool.processIds()[0] !== pid) await open(signal);
        const task = { kind: 'describe' as const, frames: file, maxNewTokens };
        const reply = await ask(task, DESCRIBE_SECONDS, signal);
        if (reply.kind === 'described') return reply.text;
        const why = reply.kind === 'failed' ? reply.message : 'no answer';
        throw new AppError('UNAVAILABLE', `The captioner in ${folder} failed: ${why}.`);
      },
      close: () => pool.close(),
    };
  } catch (error) {
    pool.close();
    throw error;
  }
}

function refused(folder: string, why: string): AppError {
  return new AppError(
    'BAD_INPUT',
    `${folder} holds no captioner as docs/captioners.md describes it: ${why}.`,
    { reason: 'captioner' },
  );
}

function unavailable({ reason, stderrTail }: ChildFailure): AppError {
  const why = {
    TOO_SLOW: 'takes too long',
    TOO_MUCH_MEMORY: 'needs too much memory',
    CRASHED: 'crashed',
    CLOSED: 'is shut down',
  }[reason];
  return new AppError(
    'UNAVAILABLE',
    `The captioner ${why}.`,
    { reason },
    { cause: new Error(stderrTail) },
  );
}
