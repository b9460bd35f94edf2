import type { ObservedLayers } from '../contract/flow.ts';
import { orElse, type Drops } from './drop.ts';
import { inLayoutOrder, splitGroups, stackGroups } from './flat.ts';
import type { Graph } from './ir/graph.ts';
import type { Node, Value } from './ir/node.ts';
import type { Layer, LayerGraph } from './layers/layer.ts';
import { planLayout } from './layout.ts';
import { tensorNorms } from './norms.ts';
import { add } from './ops/add.ts';
import { cast } from './ops/cast.ts';
import { concat } from './ops/concat.ts';
import { constant } from './ops/constant.ts';
import { equal } from './ops/equal.ts';
import { mean } from './ops/mean.ts';
import { min } from './ops/min.ts';
import { pack } from './ops/pack.ts';
import { readVariable } from './ops/readVariable.ts';
import { relu } from './ops/relu.ts';
import { square } from './ops/square.ts';
import { squareRoot } from './ops/squareRoot.ts';
import { subtract } from './ops/subtract.ts';
import type { Plan } from './plan.ts';

/** The ReLUs and batch norms of a network in depth order. */
export function observedLayersOf(network: LayerGraph): ObservedLayers {
  const named = (kind: Layer['kind']) => network.layers.filter((layer) => layer.kind === kind).map(({ name }) => name);
  return { relu: named('relu'), batchNorm: named('batchNorm') };
}

/** [2 * tensors]: the norm of each parameter tensor before the update, then that of its change once `after` have run. */
export function observeUpdates({ graph, layouts, variable }: Plan, before: Value, after: readonly Node[]): Value {
  const layout = layouts.parameters;
  const updated = readVariable(graph, variable('parameters'), layout.size, after);
  const norms = [before, subtract(graph, updated, before)].map(
    (vector) => tensorNorms(graph, splitGroups(graph, vector, layout), layout).perTensor,
  );
  return concat(graph, norms);
}

/** [2 * batch norms]: the mean over the channels of each one's running variances, then the smallest, once `after` have run. */
export function observeVariances({ graph, layouts, variable }: Plan, after: readonly Node[]): Value {
  const layout = layouts.statistics;
  const stacks = splitGroups(graph, readVariable(graph, variable('statistics'), layout.size, after), layout);
  const variances = [...layout.tensors.keys()].filter((index) => layout.tensors[index]!.role === 'variance');
  const ofEach = (reduce: (stack: Value) => Value) =>
    inLayoutOrder(graph, concat(graph, stacks.map(reduce)), layout, variances);
  return concat(graph, [ofEach((stack) => mean(graph, stack, [1])), ofEach((stack) => min(graph, stack, [1]))]);
}

/**
 * [4 * ReLUs]: the mean and standard deviation of each one's outputs, the share of its channels that are 0 throughout, the share
 * of its outputs that are 0. An output is never negative, so a channel is 0 throughout exactly where its mean is 0. NaN where
 * the branch was dropped.
 */
export function observeActivations(
  graph: Graph,
  network: LayerGraph,
  values: ReadonlyMap<Layer, Value>,
  drops: Drops,
): Value {
  const layers = network.layers.filter(({ kind }) => kind === 'relu');
  const outputs = layers.map((layer) => outputOf(graph, values.get(layer)!, drops.onBranch.get(layer)));
  const layout = planLayout(
    layers.map(({ name, stage, shape }) => ({ name, stage, role: 'channels', shape: shape.slice(-1) })),
  );
  const channels = stackGroups(
    graph,
    outputs.map(({ channelMeans }) => channelMeans),
    layout,
  );
  const ofChannels = (reduce: (stack: Value) => Value) =>
    inLayoutOrder(
      graph,
      concat(
        graph,
        channels.map((stack) => mean(graph, reduce(stack), [1])),
      ),
      layout,
    );
  const means = ofChannels((stack) => stack);
  // 0, or NaN where the mean is: a comparison and a ReLU would make numbers of it.
  const mark = subtract(graph, means, means);
  const meanSquares = pack(
    graph,
    outputs.map(({ meanSquare }) => meanSquare),
  );
  const variances = relu(graph, subtract(graph, meanSquares, square(graph, means)));
  const zeroShares = pack(
    graph,
    outputs.map(({ zeroShare }) => zeroShare),
  );
  return concat(graph, [
    means,
    add(graph, squareRoot(graph, variances), mark),
    add(
      graph,
      ofChannels((stack) => isZero(graph, stack)),
      mark,
    ),
    zeroShares,
  ]);
}

/** Of one ReLU's outputs: the mean of each channel, and the mean square and the share of zeros over all. */
function outputOf(graph: Graph, output: Value, isKept: Value | undefined) {
  const exact = cast(graph, output, 'float32');
  const axes = exact.shape.map((_, axis) => axis);
  const known = (value: Value) => (isKept === undefined ? value : orElse(graph, value, isKept, NaN));
  return {
    channelMeans: known(mean(graph, exact, axes.slice(0, -1))),
    meanSquare: known(mean(graph, square(graph, exact), axes)),
    zeroShare: known(mean(graph, isZero(graph, exact), axes)),
  };
}

/** 1 where a number is 0, else 0. */
function isZero(graph: Graph, value: Value): Value {
  return cast(graph, equal(graph, value, constant(graph, 0)), 'float32');
}
