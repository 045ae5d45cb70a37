import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';

/** A linear map from an embedding to one number. */
export interface LinearHead {
  weights: readonly number[];
  bias: number;
}

const json = z.object({
  weights: z.array(z.number()).min(1),
  bias: z.number().default(0),
});

const LENGTH_BYTES = 8;
const FLOAT_BYTES = 4;
const tensor = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});

/**
 * Reads a head from JSON (`{ "weights": [...], "bias": 0 }`) or from safetensors: float32, one tensor whose
 * name ends in `weight` with all its weights and, where there is one, one that ends in `bias` with one
 * number.
 *
 * @throws AppError BAD_INPUT
 */
export function readLinearHead(name: string, bytes: Buffer): LinearHead {
  try {
    return name.endsWith('.safetensors') ? fromSafetensors(bytes) : fromJson(bytes);
  } catch (cause) {
    throw new AppError(
      'BAD_INPUT',
      `The file "${name}" holds no linear head: JSON with "weights" and "bias", or safetensors with "weight" and "bias" in float32, is needed.`,
      { reason: 'model' },
      { cause },
    );
  }
}

function fromJson(bytes: Buffer): LinearHead {
  return json.parse(JSON.parse(bytes.toString()));
}

function fromSafetensors(bytes: Buffer): LinearHead {
  const length = Number(bytes.readBigUInt64LE(0));
  const start = LENGTH_BYTES + length;
  const header: unknown = JSON.parse(bytes.subarray(LENGTH_BYTES, start).toString());
  const entries = Object.entries(z.record(z.string(), z.unknown()).parse(header));
  const values = (end: string): number[] | undefined => {
    const found = entries.filter(([name]) => name === end || name.endsWith(`.${end}`));
    if (found.length > 1) throw new Error(`more than one tensor ends in ${end}`);
    if (!found[0]) return undefined;
    const { dtype, data_offsets: offsets } = tensor.parse(found[0][1]);
    const data = bytes.subarray(start + offsets[0], start + offsets[1]);
    if (dtype !== 'F32' || data.length !== offsets[1] - offsets[0]) throw new Error('no float32');
    return Array.from({ length: data.length / FLOAT_BYTES }, (_, at) =>
      data.readFloatLE(at * FLOAT_BYTES),
    );
  };
  const [bias, ...more] = values('bias') ?? [0];
  if (more.length > 0) throw new Error('more than one number comes out');
  return json.parse({ weights: values('weight'), bias });
}

/** The head's number for an embedding that is brought to unit length first, as LAION's heads expect. */
export function applyLinearHead({ weights, bias }: LinearHead, embedding: Float32Array): number {
  const unit = unitLength(embedding);
  return weights.reduce((sum, weight, at) => sum + weight * (unit[at] ?? 0), bias);
}

/** A vector at unit length; one without a direction stays as it is. */
export function unitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : vector;
}
