import { createRequire } from 'node:module';
import util from 'node:util';
import type * as TensorFlow from '@tensorflow/tfjs-node-gpu';
import type { Architecture, Block } from '../../src/contract/architecture.ts';
import type { NetworkInput } from '../../src/contract/network.ts';
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

/** What each image's residual is multiplied by, for each unit by its name, before it meets the shortcut; 1 where left out. */
export type ResidualFactors = Readonly<Record<string, readonly number[]>>;

/** Mean softmax cross-entropy of one batch in training mode; to be called inside `tf.variableGrads` or `tf.tidy`. */
export function eagerLoss(
  tf: Tensorflow,
  architecture: Architecture,
  variables: Variables,
  { images, labels, count }: Batch,
  { input, mean, std }: { readonly input: NetworkInput; readonly mean: number; readonly std: number },
  factors: ResidualFactors = {},
): TensorFlow.Scalar {
  const pixels = tf.tensor4d(images, [count, input.height, input.width, input.channels], 'float32');
  const oneHot = tf.oneHot(tf.tensor1d(labels, 'int32'), input.classes);
  const logits = new EagerNetwork(tf, variables, architecture, factors).logits(pixels.sub(mean).div(std));
  return tf.losses.softmaxCrossEntropy(oneHot, logits).asScalar();
}

/** The network one operation at a time, written apart from `src/nets`; the gradients are tfjs's own. */
class EagerNetwork {
  readonly #tf: Tensorflow;
  readonly #variables: Variables;
  readonly #architecture: Architecture;
  readonly #factors: ResidualFactors;

  constructor(tf: Tensorflow, variables: Variables, architecture: Architecture, factors: ResidualFactors) {
    this.#tf = tf;
    this.#variables = variables;
    this.#architecture = architecture;
    this.#factors = factors;
  }

  logits(images: Images): TensorFlow.Tensor2D {
    const { stem, stages } = this.#architecture;
    const orders = stages.flatMap(({ blocks }) => blocks.map(({ activation }) => activation));
    const [first, last] = [orders[0]!, orders.at(-1)!];
    let x = this.#convolution('stem.conv', images, stem.stride);
    if (first !== 'full-preactivation') x = this.#batchNorm('stem.bn', x);
    if (!first.endsWith('preactivation')) x = x.relu();
    if (stem.pool) x = this.#pool(x);
    stages.forEach(({ blocks }, stage) => {
      let unit = 0;
      for (const block of blocks) {
        for (let nth = 0; nth < block.repeat; nth += 1) {
          unit += 1;
          x = this.#unit(`stage${stage + 1}.unit${unit}`, x, block, nth === 0 ? block.stride : 1);
        }
      }
    });
    if (last === 'full-preactivation') x = this.#batchNorm('head.bn', x);
    if (last.endsWith('preactivation')) x = x.relu();
    return this.#dense('head.dense', x.mean<TensorFlow.Tensor2D>([1, 2]));
  }

  /** He et al. 2016, figure 4. */
  #unit(name: string, x: Images, block: Block, stride: number): Images {
    const strides = block.kind === 'basic' ? [stride, 1] : [1, stride, 1];
    const order = block.activation;
    let [y, entry] = [x, x];
    strides.forEach((step, index) => {
      const place = index + 1;
      const isLast = place === strides.length;
      if (order === 'full-preactivation') y = this.#batchNorm(`${name}.bn${place}`, y);
      if (order.endsWith('preactivation')) y = y.relu();
      if (place === 1) entry = y;
      y = this.#convolution(`${name}.conv${place}`, y, step);
      const isBare = order === 'full-preactivation' || (order === 'bn-after-addition' && isLast);
      if (!isBare) y = this.#batchNorm(`${name}.bn${place}`, y);
      if (order === 'relu-before-addition' || (!order.endsWith('preactivation') && !isLast)) y = y.relu();
    });
    if (block.se !== undefined) y = y.mul(this.#excitation(name, y));
    const factors = this.#factors[name];
    if (factors !== undefined) y = y.mul(this.#tf.tensor4d([...factors], [factors.length, 1, 1, 1]));
    y = this.#added(name, block, stride, { x, y, entry });
    if (order === 'bn-after-addition') y = this.#batchNorm(`${name}.bn${strides.length}`, y);
    return order === 'original' || order === 'bn-after-addition' ? y.relu() : y;
  }

  #excitation(name: string, x: Images): Images {
    const reduced = this.#dense(`${name}.se.reduce`, x.mean<TensorFlow.Tensor2D>([1, 2]));
    const squeezed = reduced.relu<TensorFlow.Tensor2D>();
    return this.#dense(`${name}.se.expand`, squeezed).sigmoid().expandDims(1).expandDims(1);
  }

  /** He et al. 2016, table 1. */
  #added(name: string, block: Block, stride: number, { x, y, entry }: Record<'x' | 'y' | 'entry', Images>): Images {
    const start = block.activationBeforeSplit ? entry : x;
    const carried = this.#projected(name, entry, stride) ?? this.#padded(start, stride, y.shape[3]);
    if (block.shortcut === 'constant-scaling') return y.mul<Images>(0.5).add(carried.mul(0.5));
    if (!block.shortcut.endsWith('gating')) return y.add(carried);
    const bias = this.#variable(`${name}.gate.conv.bias`);
    const gate = this.#convolution(`${name}.gate.conv`, entry, stride).add<Images>(bias).sigmoid();
    const residual = block.shortcut === 'exclusive-gating' ? y.mul<Images>(gate) : y;
    return residual.add(carried.sub(carried.mul(gate)));
  }

  #projected(name: string, x: Images, stride: number): Images | undefined {
    if (!(`${name}.shortcut.conv.weight` in this.#variables)) return undefined;
    const projected = this.#convolution(`${name}.shortcut.conv`, x, stride);
    const isNormalised = `${name}.shortcut.bn.gamma` in this.#variables;
    return isNormalised ? this.#batchNorm(`${name}.shortcut.bn`, projected) : projected;
  }

  /** Every `stride`th pixel, and zeros for the channels that are missing. */
  #padded(x: Images, stride: number, channels: number): Images {
    const { shape } = x;
    const fewer = this.#tf.avgPool(x, 1, stride, 'valid');
    return this.#tf.pad(fewer, [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, channels - shape[3]],
    ]);
  }

  /** 3x3 with stride 2; what is padded is less than anything. */
  #pool(x: Images): Images {
    const padded = this.#tf.pad(
      x,
      [
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ],
      -1e9,
    );
    return this.#tf.maxPool(padded, 3, 2, 'valid');
  }

  #dense(name: string, x: TensorFlow.Tensor2D): TensorFlow.Tensor2D {
    return x.matMul(this.#variable(`${name}.weight`)).add(this.#variable(`${name}.bias`));
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
