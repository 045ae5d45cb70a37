/**
 * Writes small ONNX graphs, so that tests need no model from elsewhere. Only what they use of the format
 * (onnx.proto, IR version 8, opset 17) is here.
 */
export interface GraphNode {
  op: string;
  inputs: readonly string[];
  outputs: readonly string[];
  /** A number is written as INT, a list of numbers as INTS. */
  attributes?: Readonly<Record<string, number | readonly number[]>>;
}

/** A name is a dimension of any length. */
export type GraphShape = readonly (number | string)[];

export interface GraphValue {
  name: string;
  type: 'float' | 'int64';
  shape: GraphShape;
}

export interface GraphConstant {
  name: string;
  shape: readonly number[];
  values: Float32Array | BigInt64Array;
}

export interface Graph {
  inputs: readonly GraphValue[];
  outputs: readonly GraphValue[];
  constants: readonly GraphConstant[];
  nodes: readonly GraphNode[];
}

const TYPES = { float: 1, int64: 7 } as const;
const INT = 2;
const INTS = 7;

/** The bytes of a `.onnx` file. */
export function onnxModel(graph: Graph): Buffer {
  return Buffer.concat([
    integer(1, 8),
    part(8, text(1, ''), integer(2, 17)),
    part(
      7,
      ...graph.nodes.map(node),
      text(2, 'graph'),
      ...graph.constants.map(constant),
      ...graph.inputs.map((value) => part(11, ...valueParts(value))),
      ...graph.outputs.map((value) => part(12, ...valueParts(value))),
    ),
  ]);
}

function node({ op, inputs, outputs, attributes = {} }: GraphNode): Buffer {
  return part(
    1,
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) =>
      typeof value === 'number'
        ? part(5, text(1, name), integer(3, value), integer(20, INT))
        : part(5, text(1, name), ...value.map((item) => integer(8, item)), integer(20, INTS)),
    ),
  );
}

function constant({ name, shape, values }: GraphConstant): Buffer {
  const type = values instanceof Float32Array ? TYPES.float : TYPES.int64;
  const raw = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return part(
    5,
    ...shape.map((size) => integer(1, size)),
    integer(2, type),
    text(8, name),
    bytes(9, raw),
  );
}

function valueParts({ name, type, shape }: GraphValue): Buffer[] {
  const dimensions = shape.map((size) =>
    part(1, typeof size === 'number' ? integer(1, size) : text(2, size)),
  );
  return [text(1, name), part(2, part(1, integer(1, TYPES[type]), part(2, ...dimensions)))];
}

function part(field: number, ...parts: Buffer[]): Buffer {
  return bytes(field, Buffer.concat(parts));
}

function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value));
}

function bytes(field: number, value: Buffer): Buffer {
  return Buffer.concat([varint(BigInt(field * 8 + 2)), varint(BigInt(value.length)), value]);
}

function integer(field: number, value: number): Buffer {
  return Buffer.concat([varint(BigInt(field * 8)), varint(BigInt.asUintN(64, BigInt(value)))]);
}

function varint(value: bigint): Buffer {
  const out: number[] = [];
  let rest = value;
  while (rest > 127n) {
    out.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return Buffer.from(out);
}
