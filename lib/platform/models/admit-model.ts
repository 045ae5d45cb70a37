import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#lib/core/errors.ts';
import { resolveWithin } from '#lib/platform/files/server-paths.ts';

/** What is loaded: one file, or a folder in the layout of Transformers.js. */
export type ModelKind = 'file' | 'clip' | 'captioner';

/** A model that may be used. */
export interface AdmittedModel {
  readonly kind: ModelKind;
  /** Absolute, links followed. */
  readonly path: string;
  /** SHA-256 in hexadecimal of each file that is loaded, by its name in the folder. */
  readonly hashes: Readonly<Record<string, string>>;
}

const WORDS = ['tokenizer.json', 'config.json', 'preprocessor_config.json'];
const CLIP_SIDES = ['onnx/text_model.onnx', 'onnx/vision_model.onnx'];
const CAPTIONER = ['onnx/encoder_model.onnx', 'onnx/decoder_model_merged.onnx'];
const OPTIONAL = ['tokenizer_config.json', 'generation_config.json'];

/** Hashes by path, size and time of change, so that each run does not read gigabytes again. */
const known = new Map<string, Promise<string>>();

/**
 * Finds the files of a model, which have to lie under one of the roots, and hashes them.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN; BAD_INPUT where a file of the layout is missing; TOO_LARGE above
 *   `mostBytes` in all
 */
export async function admitModel(
  path: string,
  kind: ModelKind,
  { roots, mostBytes }: { roots: readonly string[]; mostBytes: number },
): Promise<AdmittedModel> {
  const reach = { kind: 'model-roots' as const, roots };
  const real = await resolveWithin(path, reach).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    const { code, message, data } = error;
    throw new AppError(code, `The model "${path}" can't be used. ${message}`, data);
  });
  const folder = kind === 'file' ? dirname(real) : real;
  const wanted = kind === 'file' ? [basename(real)] : await filesOf(real, kind);
  const found: { name: string; path: string; bytes: number; changed: number }[] = [];
  for (const name of wanted) {
    for (const each of [name, ...dataOf(name)]) {
      const place = await resolveWithin(join(folder, each), reach).catch(() => null);
      const info = place === null ? null : await stat(place);
      if (place !== null && info?.isFile()) {
        found.push({ name: each, path: place, bytes: info.size, changed: info.mtimeMs });
      } else if (each === name && !OPTIONAL.includes(name)) throw missing(path, kind, name);
    }
  }
  const bytes = found.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > mostBytes) {
    throw new AppError(
      'TOO_LARGE',
      `The model "${path}" has ${bytes} bytes; at most ${mostBytes} are loaded (WINNOW_MODEL_MEMORY_MIB).`,
    );
  }
  const hashes = found.map(async (file) => [file.name, await hashOnce(file)] as const);
  return { kind, path: real, hashes: Object.fromEntries(await Promise.all(hashes)) };
}

async function filesOf(folder: string, kind: 'clip' | 'captioner'): Promise<string[]> {
  if (kind === 'captioner') return [...WORDS, ...OPTIONAL, ...CAPTIONER];
  const hasSides = await stat(join(folder, CLIP_SIDES[0] ?? '')).catch(() => null);
  return [...WORDS, ...OPTIONAL, ...(hasSides ? CLIP_SIDES : ['onnx/model.onnx'])];
}

/** Weights that lie beside a graph. */
function dataOf(name: string): string[] {
  return name.endsWith('.onnx') ? [`${name}_data`, `${name}.data`] : [];
}

function missing(path: string, kind: ModelKind, name: string): AppError {
  return new AppError(
    'BAD_INPUT',
    kind === 'file'
      ? `The model "${path}" is not an ordinary file; name the file itself.`
      : `The folder "${path}" has no ${name}: it is no ${kind} folder in the layout that Transformers.js loads.`,
    { reason: 'model' },
  );
}

function hashOnce(file: { path: string; bytes: number; changed: number }): Promise<string> {
  const key = `${file.path}\n${file.bytes}\n${file.changed}`;
  const hash = known.get(key) ?? hashFile(file.path);
  known.set(key, hash);
  hash.catch(() => known.delete(key));
  return hash;
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
