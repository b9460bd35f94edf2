import { joinGroups, stackGroups, takeApart } from './flat.ts';
import { forward } from './forward.ts';
import { differentiate } from './gradient.ts';
import { createGraph } from './ir/graph.ts';
import { BATCH } from './ir/node.ts';
import { inOrder } from './ir/walk.ts';
import type { LayerGraph } from './layers/layer.ts';
import { imageLosses } from './loss.ts';
import { planLayouts, tensorsOf, type NetworkTensors } from './networkTensors.ts';
import { tensorNorms } from './norms.ts';
import { identity } from './ops/identity.ts';
import { mean } from './ops/mean.ts';
import { placeholder } from './ops/placeholder.ts';
import { writeSavedModel } from './savedModel.ts';

/** What a session feeds. */
export const GRADIENT_FEEDS = {
  /** float32 [batch, height, width, channels], normalised. */
  images: 'images',
  /** int32 [batch] */
  labels: 'labels',
  /** float32 [parameterCount] */
  parameters: 'weights',
} as const;

/** What a session fetches. */
export const GRADIENT_FETCHES = {
  /** Scalar: the mean cross-entropy of the batch. */
  loss: 'batch_loss',
  /** [batch, classes] */
  logits: 'batch_logits',
  /** [parameterCount], laid out as the parameters. */
  gradient: 'batch_gradient',
  /** [parameter tensors] in depth order: the L2 norm of each tensor's gradient. */
  norms: 'tensor_norms',
  /** Scalar: the L2 norm over all parameters. */
  globalNorm: 'global_norm',
} as const;

export interface GradientProgram extends NetworkTensors {
  readonly savedModel: Uint8Array;
}

/**
 * The loss's gradient as a function of the weights and a batch, with the batch's statistics as in training: what a training
 * step computes before clipping, decay and update. Nothing is kept between two calls.
 */
export function compileGradients(network: LayerGraph): GradientProgram {
  const graph = createGraph();
  const layouts = planLayouts(network);
  const images = placeholder(graph, GRADIENT_FEEDS.images, 'float32', [BATCH, ...network.images.shape]);
  const labels = placeholder(graph, GRADIENT_FEEDS.labels, 'int32', [BATCH]);
  const vector = placeholder(graph, GRADIENT_FEEDS.parameters, 'float32', [layouts.parameters.size]);
  const parameters = graph.within('parameters', () => takeApart(graph, vector, layouts.parameters));

  const { logits } = forward(graph, network, { images, parameters });
  const loss = graph.within('loss', () => mean(graph, imageLosses(graph, logits, labels), [0]));
  const gradients = differentiate(graph, loss, parameters);
  const stacks = graph.within('gradient', () => stackGroups(graph, gradients, layouts.parameters));
  const norms = graph.within('norms', () => tensorNorms(graph, stacks, layouts.parameters));
  const gradient = graph.within('gradient', () => joinGroups(graph, stacks, layouts.parameters));

  const fetches = [
    identity(graph, GRADIENT_FETCHES.loss, loss),
    identity(graph, GRADIENT_FETCHES.logits, logits),
    identity(graph, GRADIENT_FETCHES.gradient, gradient),
    identity(graph, GRADIENT_FETCHES.norms, norms.perTensor),
    identity(graph, GRADIENT_FETCHES.globalNorm, norms.global),
  ];
  const nodes = inOrder(fetches.map(({ node }) => node));
  return { savedModel: writeSavedModel(nodes, { gradients: fetches }), ...tensorsOf(layouts) };
}
