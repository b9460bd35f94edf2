import { takeApart } from './flat.ts';
import { forward } from './forward.ts';
import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import { inOrder } from './ir/walk.ts';
import type { LayerGraph } from './layers/layer.ts';
import { all } from './ops/all.ts';
import { cast } from './ops/cast.ts';
import { identity } from './ops/identity.ts';
import { isFinite } from './ops/isFinite.ts';
import { multiply } from './ops/multiply.ts';
import { pack } from './ops/pack.ts';
import { placeholder } from './ops/placeholder.ts';
import { startPlan } from './plan.ts';
import { FETCHES, newVector, type ProgramOptions } from './program.ts';
import { writeSavedModel } from './savedModel.ts';

/** A graph that tells which layers of a network break on a batch. */
export interface Diagnosis {
  /** A serialised `SavedModel`: fed images and parameters, `FETCHES.diagnosis` has 1 for a layer all of whose numbers are finite. */
  readonly savedModel: Uint8Array;
  /** Names of the layers in forward order. */
  readonly layers: readonly string[];
}

/**
 * The forward pass as in training, with each layer's activation looked at; of a batch norm its batch statistics too, which
 * can overflow where what it gives is 0. A graph of its own, so that training pays nothing for it.
 */
export function compileDiagnosis(network: LayerGraph, options: ProgramOptions): Diagnosis {
  const { graph, layouts, images } = startPlan(network, options);
  const vector = placeholder(graph, newVector('parameters'), 'float32', [layouts.parameters.size]);
  const parameters = takeApart(graph, vector, layouts.parameters);
  const { values, batchMoments } = forward(graph, network, { images, parameters });
  const moments = batchMoments.values();
  const flags = network.layers.map((layer) => {
    const own = layer.statistics.map(() => finiteFlag(graph, moments.next().value!));
    return own.reduce((both, flag) => multiply(graph, both, flag), finiteFlag(graph, values.get(layer)!));
  });
  const fetched = identity(graph, FETCHES.diagnosis, pack(graph, flags));
  return {
    savedModel: writeSavedModel(inOrder([fetched.node]), { diagnose: [fetched] }),
    layers: network.layers.map(({ name }) => name),
  };
}

/** 1 where all elements are finite, else 0. */
function finiteFlag(graph: Graph, value: Value): Value {
  return cast(graph, all(graph, isFinite(graph, value)), 'float32');
}
