import { createRequire } from 'node:module';
import util from 'node:util';
import type * as TensorFlow from '@tensorflow/tfjs-node-gpu';
import type { NetworkInput, NetworkSpec } from '../../src/contract/network.ts';
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

const EPSILON = 1e-5;

/** tfjs wants every variable's name to be its own for the whole process. */
let networks = 0;

export type Variables = Readonly<Record<string, TensorFlow.Variable>>;

/** A variable for each parameter, by the parameter's name. */
export function eagerVariables(tf: Tensorflow, { parameters }: TrainingProgram, flat: Float32Array): Variables {
  networks += 1;
  return Object.fromEntries(
    parameters.map(({ name, shape, offset, size }) => {
      const value = tf.tensor(flat.subarray(offset, offset + size), [...shape]);
      const variable = tf.variable(value, true, `network${networks} ${name}`);
      value.dispose();
      return [name, variable] as const;
    }),
  );
}

/** Mean softmax cross-entropy of one batch in training mode; to be called inside `tf.variableGrads` or `tf.tidy`. */
export function eagerLoss(
  tf: Tensorflow,
  network: NetworkSpec,
  variables: Variables,
  { images, labels, count }: Batch,
  { input, mean, std }: { readonly input: NetworkInput; readonly mean: number; readonly std: number },
): TensorFlow.Scalar {
  const pixels = tf.tensor4d(images, [count, input.height, input.width, input.channels], 'float32');
  const oneHot = tf.oneHot(tf.tensor1d(labels, 'int32'), input.classes);
  const logits = new EagerNetwork(tf, variables, network).logits(pixels.sub(mean).div(std));
  return tf.losses.softmaxCrossEntropy(oneHot, logits).asScalar();
}

/** The network one operation at a time, written apart from `src/nets`; the gradients are tfjs's own. */
class EagerNetwork {
  readonly #tf: Tensorflow;
  readonly #variables: Variables;
  readonly #network: NetworkSpec;

  constructor(tf: Tensorflow, variables: Variables, network: NetworkSpec) {
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
    if (stride === 1) return this.#tf.conv2d(x, filter, 1, 'same');
    // `same` would pad one side only.
    const margin = (filter.shape[0] - 1) / 2;
    const around: [number, number] = [margin, margin];
    return this.#tf.conv2d(this.#tf.pad(x, [[0, 0], around, around, [0, 0]]), filter, stride, 'valid');
  }

  #batchNorm(name: string, x: Images): Images {
    const { mean, variance } = this.#tf.moments(x, [0, 1, 2]);
    const [gamma, beta] = [this.#variable(`${name}.gamma`), this.#variable(`${name}.beta`)];
    return this.#tf.batchNorm4d(
      x,
      mean as TensorFlow.Tensor1D,
      variance as TensorFlow.Tensor1D,
      beta as TensorFlow.Tensor1D,
      gamma as TensorFlow.Tensor1D,
      EPSILON,
    );
  }

  #variable(name: string): TensorFlow.Tensor {
    const variable = this.#variables[name];
    if (variable === undefined) throw new Error(`No variable ${name}`);
    return variable;
  }
}
