import { answer, INFERENCE_FEEDS } from './inferenceProgram.ts';
import { createGraph, type Graph } from './ir/graph.ts';
import { BATCH, type Value } from './ir/node.ts';
import { inOrder } from './ir/walk.ts';
import type { LayerGraph } from './layers/layer.ts';
import { planLayouts } from './networkTensors.ts';
import { constant, tensorConstant } from './ops/constant.ts';
import { multiply } from './ops/multiply.ts';
import { placeholder } from './ops/placeholder.ts';
import { subtract } from './ops/subtract.ts';
import type { ProgramOptions, TensorSlice, TrainingState } from './program.ts';
import { writeSavedModel } from './savedModel.ts';

/** How pixels become what the network sees, per channel: (pixel - mean) / std. */
export type PixelScale = Pick<ProgramOptions, 'imageMean' | 'imageStd'>;

/** The signature that TensorFlow Serving and `tf.saved_model.load` look for first. */
const SERVING = 'serving_default';

/**
 * A network with its weights as a SavedModel of constants: `images` float32 [batch, height, width, channels] in, `logits` and
 * `probabilities` [batch, classes] out. Images are pixel values where `scale` is given, else normalised already. Each
 * tensor is a node by its own name: `stage1.unit2.conv1.weight`.
 */
export function writeServingModel(
  network: LayerGraph,
  weights: Pick<TrainingState, 'parameters' | 'statistics'>,
  scale: PixelScale | null,
): Uint8Array {
  const graph = createGraph();
  const layouts = planLayouts(network);
  const given = placeholder(graph, INFERENCE_FEEDS.images, 'float32', [BATCH, ...network.images.shape]);
  const answers = answer(graph, network, {
    images: scale === null ? given : normalise(graph, given, scale),
    parameters: constants(graph, layouts.parameters.tensors, weights.parameters),
    statistics: constants(graph, layouts.statistics.tensors, weights.statistics),
  });
  const nodes = inOrder(answers.map(({ node }) => node));
  return writeSavedModel(nodes, { [SERVING]: answers });
}

function constants(graph: Graph, tensors: readonly TensorSlice<string>[], vector: Float32Array): Value[] {
  return tensors.map(({ name, shape, offset, size }) =>
    tensorConstant(graph, name, shape, vector.subarray(offset, offset + size)),
  );
}

function normalise(graph: Graph, pixels: Value, { imageMean, imageStd }: PixelScale): Value {
  return graph.within('images', () => {
    const inverse = imageStd.map((std) => 1 / std);
    return multiply(graph, subtract(graph, pixels, constant(graph, imageMean)), constant(graph, inverse));
  });
}
