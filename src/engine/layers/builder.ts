import type { NetworkInput } from '../../contract/network.ts';
import { sameShape } from '../ir/node.ts';
import type { BranchDrop, ImagesLayer, Layer, LayerGraph, OwnedTensor } from './layer.ts';

interface ConvolutionSize {
  /** Side of the square window, odd. */
  readonly window: number;
  readonly channels: number;
  /** 1 where left out. */
  readonly stride?: number;
  /** What a bias starts at; there is none where it is left out. */
  readonly bias?: number;
}

/** Builds a network layer by layer. A layer's name is the scope's and its own: `stage1.unit2` and `conv1`. */
export interface LayerBuilder {
  readonly images: ImagesLayer;
  /** The layers that `body` adds belong to this part of the network, `stage1.unit2`; its first word is the stage. */
  within<Result>(scope: string, body: () => Result): Result;
  /** Zeros are padded so that only the stride makes the image smaller. */
  convolution(name: string, x: Layer, size: ConvolutionSize): Layer;
  batchNorm(name: string, x: Layer): Layer;
  relu(name: string, x: Layer): Layer;
  /** Training may drop the residual branch; where `drop` is left out it never does. */
  addition(name: string, residual: Layer, shortcut: Layer, drop?: BranchDrop): Layer;
  /** Padded as a convolution is. */
  maxPool(name: string, x: Layer, size: { readonly window: number; readonly stride: number }): Layer;
  padChannels(name: string, x: Layer, channels: number): Layer;
  sigmoid(name: string, x: Layer): Layer;
  complement(name: string, x: Layer): Layer;
  /** `factors` has the shape of x, or one number for each of its channels. */
  product(name: string, x: Layer, factors: Layer): Layer;
  scale(name: string, x: Layer, factor: number): Layer;
  dropout(name: string, x: Layer, keep: number): Layer;
  globalPool(name: string, x: Layer): Layer;
  dense(name: string, x: Layer, classes: number): Layer;
  /** The network that ends with these logits. */
  finish(logits: Layer): LayerGraph;
}

const NEVER_DROPPED: BranchDrop = { stochasticDepth: 0, dropPath: 0 };

export function createLayerBuilder({ height, width, channels }: NetworkInput): LayerBuilder {
  const layers: Layer[] = [];
  const names = new Set<string>();
  let scope = '';

  function place(name: string) {
    const whole = scope === '' ? name : `${scope}.${name}`;
    if (names.has(whole)) throw new Error(`Two layers would be called ${whole}`);
    names.add(whole);
    return { name: whole, stage: whole.split('.')[0]! };
  }

  function keep<Kind extends Layer>(layer: Kind): Kind {
    Object.freeze(layer);
    layers.push(layer);
    return layer;
  }

  const nothing = { parameters: [], statistics: [] } as const;
  const images = keep({ kind: 'images', ...place('images'), inputs: [], shape: [height, width, channels], ...nothing });

  return {
    images,

    within(inner, body) {
      const outer = scope;
      scope = inner;
      try {
        return body();
      } finally {
        scope = outer;
      }
    },

    convolution(name, x, { window, channels: out, stride = 1, bias }) {
      const [rows, columns, channelsIn] = imageShape(x);
      const placed = place(name);
      const weight = owned(placed, 'weight', 'kernel', [window, window, channelsIn, out]);
      return keep({
        kind: 'convolution',
        ...placed,
        inputs: [x],
        shape: [Math.ceil(rows / stride), Math.ceil(columns / stride), out],
        stride,
        padding: (window - 1) / 2,
        parameters: bias === undefined ? [weight] : [weight, { ...owned(placed, 'bias', 'bias', [out]), start: bias }],
        statistics: [],
      });
    },

    batchNorm(name, x) {
      const placed = place(name);
      const perChannel = x.shape.slice(-1);
      return keep({
        kind: 'batchNorm',
        ...placed,
        inputs: [x],
        shape: x.shape,
        parameters: [owned(placed, 'gamma', 'scale', perChannel), owned(placed, 'beta', 'shift', perChannel)],
        statistics: [owned(placed, 'mean', 'mean', perChannel), owned(placed, 'variance', 'variance', perChannel)],
      });
    },

    relu: (name, x) => keep({ kind: 'relu', ...place(name), inputs: [x], shape: x.shape, ...nothing }),

    addition(name, residual, shortcut, drop = NEVER_DROPPED) {
      const placed = place(name);
      if (!sameShape(residual.shape, shortcut.shape))
        throw new Error(`${placed.name}: ${residual.name} and ${shortcut.name} differ in shape`);
      const inputs = [residual, shortcut];
      return keep({ kind: 'addition', ...placed, inputs, shape: residual.shape, drop, ...nothing });
    },

    maxPool(name, x, { window, stride }) {
      const [rows, columns, kept] = imageShape(x);
      return keep({
        kind: 'maxPool',
        ...place(name),
        inputs: [x],
        shape: [Math.ceil(rows / stride), Math.ceil(columns / stride), kept],
        window,
        stride,
        padding: (window - 1) / 2,
        ...nothing,
      });
    },

    padChannels(name, x, wanted) {
      const [rows, columns] = imageShape(x);
      return keep({ kind: 'padChannels', ...place(name), inputs: [x], shape: [rows, columns, wanted], ...nothing });
    },

    sigmoid: (name, x) => keep({ kind: 'sigmoid', ...place(name), inputs: [x], shape: x.shape, ...nothing }),

    complement: (name, x) => keep({ kind: 'complement', ...place(name), inputs: [x], shape: x.shape, ...nothing }),

    product(name, x, factors) {
      const placed = place(name);
      if (!sameShape(x.shape, factors.shape) && !sameShape(x.shape.slice(-1), factors.shape))
        throw new Error(`${placed.name}: ${x.name} and ${factors.name} differ in shape`);
      return keep({ kind: 'product', ...placed, inputs: [x, factors], shape: x.shape, ...nothing });
    },

    scale: (name, x, factor) =>
      keep({ kind: 'scale', ...place(name), inputs: [x], shape: x.shape, factor, ...nothing }),

    dropout: (name, x, probability) =>
      keep({ kind: 'dropout', ...place(name), inputs: [x], shape: x.shape, keep: probability, ...nothing }),

    globalPool: (name, x) =>
      keep({ kind: 'globalPool', ...place(name), inputs: [x], shape: [imageShape(x)[2]], ...nothing }),

    dense(name, x, classes) {
      const placed = place(name);
      const weight = owned(placed, 'weight', 'kernel', [...x.shape, classes]);
      const bias = owned(placed, 'bias', 'bias', [classes]);
      return keep({
        kind: 'dense',
        ...placed,
        inputs: [x],
        shape: [classes],
        parameters: [weight, bias],
        statistics: [],
      });
    },

    finish: (logits) =>
      Object.freeze({
        layers,
        images,
        logits,
        parameters: layers.flatMap((layer) => layer.parameters),
        statistics: layers.flatMap((layer) => layer.statistics),
      }),
  };
}

function imageShape({ name, shape }: Layer): [number, number, number] {
  const [rows, columns, channels] = shape;
  if (rows === undefined || columns === undefined || channels === undefined) throw new Error(`${name} is no image`);
  return [rows, columns, channels];
}

function owned<Role extends string>(
  layer: { name: string; stage: string },
  name: string,
  role: Role,
  shape: readonly number[],
): OwnedTensor<Role> {
  return { name: `${layer.name}.${name}`, role, shape, stage: layer.stage };
}
