import type { DataType, Value } from '../ir/node.ts';

type None = Readonly<Record<string, never>>;

/** How a window moves over an image: `padding` zeros on every side (PyTorch's rule, symmetric at stride 2 too). */
export interface ConvolutionAttributes {
  readonly stride: number;
  readonly padding: number;
}

/** How a square window of pixels moves over an image; `padding` on every side, as a convolution's. */
export interface PoolingAttributes {
  readonly window: number;
  readonly stride: number;
  readonly padding: number;
}

/** What each operation is told besides its inputs. */
export interface OpAttributes {
  placeholder: { readonly dtype: DataType; readonly shape: readonly number[] };
  constant: {
    readonly dtype: 'float32' | 'int32';
    readonly shape: readonly number[];
    readonly values: ArrayLike<number>;
  };
  variable: { readonly shape: readonly number[] };
  readVariable: { readonly shape: readonly number[] };
  assignVariable: None;
  assignAdd: None;
  assignSubtract: None;
  applyMomentum: { readonly nesterov: boolean };
  applyAdam: None;
  identity: None;
  cast: { readonly to: DataType };

  add: None;
  addMany: None;
  subtract: None;
  multiply: None;
  divide: None;
  minimum: None;
  square: None;
  squareRoot: None;
  exponentialMinusOne: None;
  equal: None;
  isFinite: None;
  all: None;
  less: None;

  conv2d: ConvolutionAttributes;
  conv2dInputGradient: ConvolutionAttributes & { readonly shape: readonly number[] };
  conv2dFilterGradient: ConvolutionAttributes & { readonly shape: readonly number[] };
  batchNorm: { readonly epsilon: number };
  batchNormGradient: { readonly epsilon: number };
  batchNormInference: { readonly epsilon: number };
  relu: None;
  reluGradient: None;
  maxPool: PoolingAttributes;
  maxPoolGradient: PoolingAttributes;
  sigmoid: None;
  sigmoidGradient: None;
  matMul: { readonly transposeLeft: boolean; readonly transposeRight: boolean };
  biasAdd: None;
  biasAddGradient: None;
  softmax: None;
  softmaxCrossEntropy: None;
  crossEntropy: None;
  oneHot: { readonly classes: number };
  argMax: None;

  mean: { readonly axes: readonly number[] };
  sum: { readonly axes: readonly number[] };
  min: { readonly axes: readonly number[] };

  randomUniform: { readonly shape: readonly number[] };
  shapeOf: None;
  sizeOf: None;
  reshape: { readonly shape: readonly number[] };
  broadcastTo: { readonly shape: readonly number[] };
  split: { readonly sizes: readonly number[] };
  unpack: None;
  pack: None;
  concat: None;
  gather: None;
  padChannels: { readonly channels: number };
  sliceChannels: { readonly channels: number };

  switch: None;
  merge: { readonly predicate: Value };
  zerosLike: None;
}

export type OpName = keyof OpAttributes;
