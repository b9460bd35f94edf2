import { createRequire } from 'node:module';
import util from 'node:util';
import type * as TensorFlow from '@tensorflow/tfjs-node-gpu';
import type { NetworkSpec } from '../../src/contract/network.ts';
import type { TrainingProgram } from '../../src/engine/program.ts';
import type { Batch } from '../../src/trainer/session.ts';

export type Tensorflow = typeof TensorFlow;
type Images = TensorFlow.Tensor4D;

/** tfjs-node, whose eager kernels call a function that Node 23 dropped. */
export function loadEager(): Tensorflow {
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
  return createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu') as Tensorflow;
}

interface EagerResult {
  readonly loss: number;
  readonly logits: Float32Array;
  /** By the parameter's name. */
  readonly gradients: Readonly<Record<string, Float32Array>>;
}

const EPSILON = 1e-5;

/**
 * The network one operation at a time, written apart from `src/nets`, with tfjs's own gradients: batch norms from moments,
 * padding by hand. Loss and gradients of one batch in training mode.
 */
export function eagerStep(
  tf: Tensorflow,
  network: NetworkSpec,
  { input, parameters }: TrainingProgram,
  flat: Float32Array,
  batch: Batch,
  normalise: { readonly mean: number; readonly std: number },
): EagerResult {
  const variables = Object.fromEntries(
    parameters.map(({ name, shape, offset, size }) => [
      name,
      tf.variable(tf.tensor(flat.subarray(offset, offset + size), [...shape]), true, `${name}#${(counter += 1)}`),
    ]),
  );
  const byVariable = new Map(Object.entries(variables).map(([name, variable]) => [variable.name, name]));
  const pixels = tf.tensor4d(batch.images, [batch.count, input.height, input.width, input.channels]);
  const images = pixels.toFloat().sub(normalise.mean).div<Images>(normalise.std);
  const labels = tf.oneHot(tf.tensor1d(batch.labels, 'int32'), input.classes);

  let logits: TensorFlow.Tensor2D | undefined;
  const { value, grads } = tf.variableGrads(() => {
    logits = tf.keep(new EagerNetwork(tf, variables, network).logits(images));
    return tf.losses.softmaxCrossEntropy(labels, logits).asScalar();
  });
  const gradients = Object.entries(grads).map(
    ([name, gradient]) => [byVariable.get(name)!, gradient.dataSync() as Float32Array] as const,
  );
  const result = {
    loss: value.dataSync()[0]!,
    logits: logits!.dataSync() as Float32Array,
    gradients: Object.fromEntries(gradients),
  };
  tf.dispose([variables, pixels, images, labels, value, grads, logits!]);
  return result;
}

/** tfjs wants every variable's name to be its own for the whole process. */
let counter = 0;

class EagerNetwork {
  readonly #tf: Tensorflow;
  readonly #variables: Readonly<Record<string, TensorFlow.Variable>>;
  readonly #network: NetworkSpec;

  constructor(tf: Tensorflow, variables: Readonly<Record<string, TensorFlow.Variable>>, network: NetworkSpec) {
    this.#tf = tf;
    this.#variables = variables;
    this.#network = network;
  }

  logits(images: Images): TensorFlow.Tensor2D {
    const { version, block, depth } = this.#network;
    let x = this.#convolution('stem.conv', images, 1);
    if (version === 'v1') x = this.#batchNorm('stem.bn', x).relu();
    const units = (depth - 2) / (block === 'basic' ? 6 : 9);
    for (let stage = 1; stage <= 3; stage += 1) {
      for (let unit = 1; unit <= units; unit += 1) {
        const stride = stage > 1 && unit === 1 ? 2 : 1;
        const name = `stage${stage}.unit${unit}`;
        x = version === 'v1' ? this.#unitV1(name, x, stride) : this.#unitV2(name, x, stride);
      }
    }
    if (version === 'v2') x = this.#batchNorm('head.bn', x).relu();
    const pooled = x.mean<TensorFlow.Tensor2D>([1, 2]);
    return pooled.matMul(this.#variable('head.dense.weight')).add(this.#variable('head.dense.bias'));
  }

  #unitV1(name: string, x: Images, stride: number): Images {
    const { strides, last } = this.#convolutions(stride);
    let y = x;
    strides.forEach((step, index) => {
      y = this.#batchNorm(`${name}.bn${index + 1}`, this.#convolution(`${name}.conv${index + 1}`, y, step));
      if (index < last) y = y.relu();
    });
    const projected = this.#project(name, x, stride);
    return y.add<Images>(projected ? this.#batchNorm(`${name}.shortcut.bn`, projected) : x).relu();
  }

  #unitV2(name: string, x: Images, stride: number): Images {
    let shortcut = x;
    let y = x;
    this.#convolutions(stride).strides.forEach((step, index) => {
      y = this.#batchNorm(`${name}.bn${index + 1}`, y).relu();
      if (index === 0) shortcut = this.#project(name, y, stride) ?? x;
      y = this.#convolution(`${name}.conv${index + 1}`, y, step);
    });
    return y.add(shortcut);
  }

  /** The stride of each convolution of a unit. */
  #convolutions(stride: number) {
    return this.#network.block === 'basic' ? { strides: [stride, 1], last: 1 } : { strides: [1, stride, 1], last: 2 };
  }

  #project(name: string, x: Images, stride: number): Images | undefined {
    return `${name}.shortcut.conv.weight` in this.#variables
      ? this.#convolution(`${name}.shortcut.conv`, x, stride)
      : undefined;
  }

  #convolution(name: string, x: Images, stride: number): Images {
    const filter = this.#variable(`${name}.weight`) as Images;
    const margin = (filter.shape[0] - 1) / 2;
    const around: [number, number] = [margin, margin];
    return this.#tf.conv2d(this.#tf.pad(x, [[0, 0], around, around, [0, 0]]), filter, stride, 'valid');
  }

  #batchNorm(name: string, x: Images): Images {
    const { mean, variance } = this.#tf.moments(x, [0, 1, 2]);
    const normal = x.sub(mean).mul(variance.add(EPSILON).rsqrt());
    return normal.mul(this.#variable(`${name}.gamma`)).add(this.#variable(`${name}.beta`));
  }

  #variable(name: string): TensorFlow.Tensor {
    const variable = this.#variables[name];
    if (variable === undefined) throw new Error(`No variable ${name}`);
    return variable;
  }
}
