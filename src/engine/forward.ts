import { assertNever } from '../contract/errors.ts';
import type { Precision } from '../contract/recipe.ts';
import { addBranch, NOTHING_DROPPED, orElse, whereKept, type Drops } from './drop.ts';
import { dropElements } from './dropout.ts';
import type { Graph } from './ir/graph.ts';
import { BATCH, type Node, type Value } from './ir/node.ts';
import type { ConvolutionLayer, Layer, LayerGraph } from './layers/layer.ts';
import { batchNorm } from './ops/batchNorm.ts';
import { batchNormInference } from './ops/batchNormInference.ts';
import { biasAdd } from './ops/biasAdd.ts';
import { cast } from './ops/cast.ts';
import { constant } from './ops/constant.ts';
import { conv2d } from './ops/conv2d.ts';
import { matMul } from './ops/matMul.ts';
import { maxPool } from './ops/maxPool.ts';
import { mean } from './ops/mean.ts';
import { multiply } from './ops/multiply.ts';
import { padChannels } from './ops/padChannels.ts';
import { relu } from './ops/relu.ts';
import { reshape } from './ops/reshape.ts';
import { sigmoid } from './ops/sigmoid.ts';
import { subtract } from './ops/subtract.ts';

/** Added to a batch norm's variance. */
export const BATCH_NORM_EPSILON = 1e-5;

interface ForwardInputs {
  /** Normalised images, float32 [batch, height, width, channels]. */
  readonly images: Value;
  /** In the order of the network's parameters. */
  readonly parameters: readonly Value[];
  /** Running averages in the order of the network's statistics; left out in training, where the batch has its own. */
  readonly statistics?: readonly Value[];
  /** How residual branches are dropped or scaled; not at all where it is left out. */
  readonly drops?: Drops;
  /** Of the activations between the first convolution and the pool, and of the kernels given; float32 where left out. */
  readonly precision?: Precision;
  /** What the masks of dropout follow from; left out in evaluation. */
  readonly dropoutSeed?: Value | undefined;
}

interface ForwardResult {
  /** [batch, classes] */
  readonly logits: Value;
  /**
   * The batch's moments in the order of the network's statistics, zeros where the branch was dropped; empty with running
   * averages.
   */
  readonly batchMoments: readonly Value[];
  /** The layer that each node was added for. */
  readonly layerOf: ReadonlyMap<Node, Layer>;
  /** What each layer gives. */
  readonly values: ReadonlyMap<Layer, Value>;
}

/** The network from images to logits, as operations. */
export function forward(
  graph: Graph,
  network: LayerGraph,
  { images, parameters, statistics, drops = NOTHING_DROPPED, dropoutSeed, precision = 'float32' }: ForwardInputs,
): ForwardResult {
  const values = new Map<Layer, Value>([[network.images, images]]);
  const batchMoments: Value[] = [];
  let masks = 0;
  const remaining = { parameters: parameters.values(), statistics: statistics?.values() };
  /** Whether the branch of the layer that is being added is kept; undefined where it is on none that is dropped. */
  let isKept: Value | undefined;

  const onBranch = (value: Value) => (isKept === undefined ? value : whereKept(graph, value, isKept));
  const parameter = () => onBranch(next(remaining.parameters));

  function normalise(x: Value): Value {
    const [scale, shift] = [parameter(), parameter()];
    if (remaining.statistics !== undefined) {
      const known = { mean: next(remaining.statistics), variance: next(remaining.statistics) };
      return batchNormInference(graph, x, { scale, shift, ...known, epsilon: BATCH_NORM_EPSILON });
    }
    const { y, mean: batchMean, unbiasedVariance } = batchNorm(graph, x, scale, shift, BATCH_NORM_EPSILON);
    for (const moments of [batchMean, unbiasedVariance]) {
      batchMoments.push(isKept === undefined ? moments : orElse(graph, moments, isKept, 0));
    }
    return y;
  }

  const exact = (value: Value) => cast(graph, value, 'float32');
  const rounded = (value: Value) => cast(graph, value, precision);

  function convolve({ stride, padding, parameters: own }: ConvolutionLayer, x: Value): Value {
    const convolved = conv2d(graph, rounded(x), parameter(), { stride, padding });
    return own.length === 1 ? convolved : rounded(biasAdd(graph, exact(convolved), parameter()));
  }

  function dropout(x: Value, keep: number): Value {
    if (dropoutSeed === undefined) return multiply(graph, x, constant(graph, keep));
    masks += 1;
    return dropElements(graph, x, keep, dropoutSeed, masks);
  }

  function compute(layer: Layer): Value {
    const of = (index: number) => {
      const input = layer.inputs[index]!;
      const value = values.get(input)!;
      return drops.onBranch.get(input) === isKept ? value : onBranch(value);
    };
    switch (layer.kind) {
      case 'images':
        return images;
      case 'convolution':
        return convolve(layer, of(0));
      case 'batchNorm':
        return normalise(of(0));
      case 'relu':
        return relu(graph, of(0));
      case 'addition':
        return addBranch(graph, drops, layer, [of(0), of(1)]);
      case 'maxPool':
        return rounded(
          maxPool(graph, exact(of(0)), { window: layer.window, stride: layer.stride, padding: layer.padding }),
        );
      case 'padChannels':
        return padChannels(graph, of(0), layer.shape.at(-1)!);
      case 'sigmoid':
        return sigmoid(graph, exact(of(0)));
      case 'complement':
        return subtract(graph, constant(graph, 1), exact(of(0)));
      case 'product':
        return rounded(multiply(graph, exact(of(0)), perPosition(graph, exact(of(1)), layer.shape)));
      case 'scale':
        return rounded(multiply(graph, exact(of(0)), constant(graph, layer.factor)));
      case 'dropout':
        return rounded(dropout(exact(of(0)), layer.keep));
      case 'globalPool':
        return mean(graph, exact(of(0)), [1, 2]);
      case 'dense':
        return biasAdd(graph, matMul(graph, exact(of(0)), parameter()), parameter());
      default:
        return assertNever(layer);
    }
  }

  const layerOf = new Map<Node, Layer>();
  for (const layer of network.layers) {
    const before = graph.nodes.length;
    isKept = drops.onBranch.get(layer);
    values.set(
      layer,
      graph.within(layer.name, () => compute(layer)),
    );
    for (const node of graph.nodes.slice(before)) layerOf.set(node, layer);
  }
  return { logits: values.get(network.logits)!, batchMoments, layerOf, values };
}

/** One number a channel, [batch, channels], made to meet every position of an image. */
function perPosition(graph: Graph, factors: Value, { length: rank }: readonly number[]): Value {
  if (factors.shape.length > rank) return factors;
  return reshape(graph, factors, [BATCH, ...Array.from({ length: rank - 1 }, () => 1), factors.shape.at(-1)!]);
}

function next(values: Iterator<Value>): Value {
  const result = values.next();
  if (result.done === true) throw new Error('The network has more tensors than its layout');
  return result.value;
}
