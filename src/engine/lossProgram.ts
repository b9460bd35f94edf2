import { survivalOf } from './drop.ts';
import { takeApart } from './flat.ts';
import { forward } from './forward.ts';
import { createGraph } from './ir/graph.ts';
import { BATCH } from './ir/node.ts';
import { inOrder } from './ir/walk.ts';
import type { LayerGraph } from './layers/layer.ts';
import { correctAnswers, imageLosses } from './loss.ts';
import { planLayouts, tensorsOf, type NetworkTensors } from './networkTensors.ts';
import { identity } from './ops/identity.ts';
import { pack } from './ops/pack.ts';
import { placeholder } from './ops/placeholder.ts';
import { sum } from './ops/sum.ts';
import { writeSavedModel } from './savedModel.ts';

/** What a session feeds. */
export const LOSS_FEEDS = {
  /** float32 [batch, height, width, channels], normalised. */
  images: 'images',
  /** int32 [batch] */
  labels: 'labels',
  /** float32 [parameterCount] */
  parameters: 'weights',
  /** float32 [statisticCount] */
  statistics: 'averages',
} as const;

/** What a session fetches: float32 [2], the sum of the images' losses and the number of right answers. */
export const LOSS_FETCH = 'loss_and_correct';

export interface LossProgram extends NetworkTensors {
  readonly savedModel: Uint8Array;
}

/** Loss and right answers in evaluation mode, with running averages, as a function of the weights and a batch. */
export function compileLoss(network: LayerGraph): LossProgram {
  const graph = createGraph();
  const layouts = planLayouts(network);
  const images = placeholder(graph, LOSS_FEEDS.images, 'float32', [BATCH, ...network.images.shape]);
  const labels = placeholder(graph, LOSS_FEEDS.labels, 'int32', [BATCH]);
  const parameters = placeholder(graph, LOSS_FEEDS.parameters, 'float32', [layouts.parameters.size]);
  const statistics = placeholder(graph, LOSS_FEEDS.statistics, 'float32', [layouts.statistics.size]);
  const { logits } = forward(graph, network, {
    images,
    parameters: graph.within('parameters', () => takeApart(graph, parameters, layouts.parameters)),
    statistics: graph.within('statistics', () => takeApart(graph, statistics, layouts.statistics)),
    drops: survivalOf(graph, network),
  });
  const lossSum = graph.within('loss', () => sum(graph, imageLosses(graph, logits, labels), [0]));
  const fetch = identity(graph, LOSS_FETCH, pack(graph, [lossSum, correctAnswers(graph, logits, labels)]));
  return { savedModel: writeSavedModel(inOrder([fetch.node]), { loss: [fetch] }), ...tensorsOf(layouts) };
}
