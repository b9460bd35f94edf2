import { survivalOf } from './drop.ts';
import { takeApart } from './flat.ts';
import { forward } from './forward.ts';
import { createGraph, type Graph } from './ir/graph.ts';
import { BATCH, type Value } from './ir/node.ts';
import { inOrder } from './ir/walk.ts';
import type { LayerGraph } from './layers/layer.ts';
import { planLayouts, tensorsOf, type NetworkTensors } from './networkTensors.ts';
import { identity } from './ops/identity.ts';
import { placeholder } from './ops/placeholder.ts';
import { softmax } from './ops/softmax.ts';
import { writeSavedModel } from './savedModel.ts';

/** What a session feeds. */
export const INFERENCE_FEEDS = {
  /** float32 [batch, height, width, channels], normalised. */
  images: 'images',
  /** float32 [parameterCount] */
  parameters: 'weights',
  /** float32 [statisticCount] */
  statistics: 'averages',
} as const;

/** What a session fetches: float32 [batch, classes] each. */
export const INFERENCE_FETCHES = { logits: 'logits', probabilities: 'probabilities' } as const;

export interface InferenceProgram extends NetworkTensors {
  readonly savedModel: Uint8Array;
}

/** The network with its running averages as a function of weights and images. Nothing is kept between two calls. */
export function compileInference(network: LayerGraph): InferenceProgram {
  const graph = createGraph();
  const layouts = planLayouts(network);
  const images = placeholder(graph, INFERENCE_FEEDS.images, 'float32', [BATCH, ...network.images.shape]);
  const parameters = placeholder(graph, INFERENCE_FEEDS.parameters, 'float32', [layouts.parameters.size]);
  const statistics = placeholder(graph, INFERENCE_FEEDS.statistics, 'float32', [layouts.statistics.size]);
  const answers = answer(graph, network, {
    images,
    parameters: graph.within('parameters', () => takeApart(graph, parameters, layouts.parameters)),
    statistics: graph.within('statistics', () => takeApart(graph, statistics, layouts.statistics)),
  });
  const nodes = inOrder(answers.map(({ node }) => node));
  return { savedModel: writeSavedModel(nodes, { inference: answers }), ...tensorsOf(layouts) };
}

interface Inputs {
  /** Normalised. */
  readonly images: Value;
  readonly parameters: readonly Value[];
  readonly statistics: readonly Value[];
}

/** The values of `INFERENCE_FETCHES`. */
export function answer(graph: Graph, network: LayerGraph, inputs: Inputs): Value[] {
  const { logits } = forward(graph, network, { ...inputs, drops: survivalOf(graph, network) });
  const probabilities = graph.within('softmax', () => softmax(graph, logits));
  return [
    identity(graph, INFERENCE_FETCHES.logits, logits),
    identity(graph, INFERENCE_FETCHES.probabilities, probabilities),
  ];
}
