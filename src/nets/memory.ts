import type { TrainingRecipe } from '../contract/recipe.ts';
import { elementCount } from '../engine/ir/node.ts';
import type { Layer, LayerGraph } from '../engine/layers/layer.ts';

const FLOAT_BYTES = 4;

/** TensorFlow's library, Node and the compiled graph: measured with the smallest network. */
const PROCESS_BYTES = 425e6;

/** Memory of the native graph and its kernels for each layer; the difference of ResNet-20 and ResNet-1001 at batch 1. */
const LAYER_BYTES = 150e3;

/** Gradients on their way, and what convolutions need while they run: measured, as a share of the activations kept. */
const TRANSIENT_SHARE = 0.08;

/** Of the activations that are kept, with recomputation: the most that was measured, of 110 and 1001 layers. */
const KEPT_SHARE: Readonly<Record<TrainingRecipe['recompute'], number>> = { off: 1, half: 0.4, quarter: 0.25 };

/** Parameters, momentum, gradients stacked and joined, decay and update: copies of the vector that live together. */
const PARAMETER_COPIES = 6;

const KEEPS_INPUTS: ReadonlySet<Layer['kind']> = new Set(['convolution', 'batchNorm', 'product']);

/** What of a recipe decides how much memory a step takes. */
export type MemorySettings = Pick<TrainingRecipe, 'batchSize' | 'recompute' | 'microBatches'>;

/**
 * Rough peak memory of a training step, bytes: what the backward pass needs of the forward one, and the vectors. A batch
 * norm keeps its input and a convolution its input; a ReLU takes over its input's memory. Within a tenth of what was measured
 * on a CPU from 8 to 1202 layers at batches of 1 to 128; with recomputation it is rather too high.
 */
export function estimateStepMemory(
  { layers, parameters }: LayerGraph,
  { batchSize, recompute, microBatches }: MemorySettings,
): number {
  const kept = new Set<Layer>(
    layers.flatMap((layer) => {
      if (layer.kind === 'sigmoid' || layer.kind === 'dropout') return [layer];
      if (layer.kind === 'maxPool') return [layer, ...layer.inputs];
      return KEEPS_INPUTS.has(layer.kind) ? layer.inputs : [];
    }),
  );
  const activations = [...kept].reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const parameterCount = parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const images = Math.ceil(batchSize / microBatches);
  const copies = PARAMETER_COPIES + (microBatches > 1 ? 1 : 0);
  const activationFloats = activations * images * KEPT_SHARE[recompute] * (1 + TRANSIENT_SHARE);
  const floats = activationFloats + parameterCount * copies;
  return Math.round(PROCESS_BYTES + layers.length * LAYER_BYTES + floats * FLOAT_BYTES);
}
