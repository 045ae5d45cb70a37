import { onnxModel } from './onnx-graph.ts';

const index = (name: string, ...values: number[]) => ({
  name,
  shape: [values.length],
  values: BigInt64Array.from(values, BigInt),
});

/** A RAFT's inputs and outputs; its flow is how much redder (x) and greener (y) each pixel becomes. */
export function flowGraph(size: readonly (number | string)[] = ['height', 'width']): Buffer {
  const picture = (name: string) => ({ name, type: 'float' as const, shape: [1, 3, ...size] });
  const flow = (name: string) => ({ name, type: 'float' as const, shape: [1, 2, ...size] });
  return onnxModel({
    inputs: [picture('image1'), picture('image2')],
    outputs: [flow('coarse'), flow('fine')],
    constants: [index('from', 0), index('to', 2), index('axis', 1)],
    nodes: [
      { op: 'Sub', inputs: ['image2', 'image1'], outputs: ['change'] },
      { op: 'Slice', inputs: ['change', 'from', 'to', 'axis'], outputs: ['fine'] },
      { op: 'Neg', inputs: ['fine'], outputs: ['coarse'] },
    ],
  });
}

/** A DBNet's input and output; what is bright is text. */
export function brightGraph(): Buffer {
  const size = ['height', 'width'];
  return onnxModel({
    inputs: [{ name: 'x', type: 'float', shape: [1, 3, ...size] }],
    outputs: [{ name: 'maps', type: 'float', shape: [1, 1, ...size] }],
    constants: [index('from', 0), index('to', 1), index('axis', 1)],
    nodes: [
      { op: 'Slice', inputs: ['x', 'from', 'to', 'axis'], outputs: ['blue'] },
      { op: 'Relu', inputs: ['blue'], outputs: ['maps'] },
    ],
  });
}

/** A CRAFT's input and output, at half the size; what is bright is text, and nothing is a link. */
export function brightCraftGraph(): Buffer {
  return onnxModel({
    inputs: [{ name: 'x', type: 'float', shape: [1, 3, 'height', 'width'] }],
    outputs: [{ name: 'y', type: 'float', shape: [1, 'down', 'across', 2] }],
    constants: [
      index('from', 0),
      index('two', 2),
      index('one', 1),
      { name: 'mask', shape: [2], values: Float32Array.of(1, 0) },
    ],
    nodes: [
      {
        op: 'AveragePool',
        inputs: ['x'],
        outputs: ['half'],
        attributes: { kernel_shape: [2, 2], strides: [2, 2] },
      },
      { op: 'Slice', inputs: ['half', 'from', 'two', 'one'], outputs: ['pair'] },
      {
        op: 'Transpose',
        inputs: ['pair'],
        outputs: ['last'],
        attributes: { perm: [0, 2, 3, 1] },
      },
      { op: 'Mul', inputs: ['last', 'mask'], outputs: ['y'] },
    ],
  });
}

/** A head over embeddings: the sum of their numbers. */
export function sumGraph(width: number): Buffer {
  return onnxModel({
    inputs: [{ name: 'embedding', type: 'float', shape: [1, width] }],
    outputs: [{ name: 'score', type: 'float', shape: [1, 1] }],
    constants: [{ name: 'ones', shape: [width, 1], values: new Float32Array(width).fill(1) }],
    nodes: [{ op: 'MatMul', inputs: ['embedding', 'ones'], outputs: ['score'] }],
  });
}
