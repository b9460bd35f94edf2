import * as v from 'valibot';
import { Id } from './run.ts';

/** What has a value of a quantity: a parameter tensor, the output of a ReLU, or the running averages of a batch norm. */
export const LAYER_SITES = ['parameter', 'relu', 'batchNorm'] as const;
export const LayerSite = v.picklist(LAYER_SITES);
export type LayerSite = v.InferOutput<typeof LayerSite>;

/**
 * What is measured at the steps that `TrainingRecipe.observe` chooses, in the order of an observation's values.
 *
 * - `weightNorm`: ||w||, the L2 norm of a parameter tensor before the step's update.
 * - `updateNorm`: ||w' - w||, the L2 norm of what the step changed: learning rate, momentum, clipping and decay included.
 * - `activationMean`, `activationStd`: of all outputs of a ReLU over batch, positions and channels; the standard deviation is
 *   that of the outputs themselves (divided by n).
 * - `deadFraction`: the share of a ReLU's channels that are 0 for every image and position of the batch.
 * - `zeroFraction`: the share of all outputs of a ReLU that are 0.
 * - `batchNormVariance`, `batchNormVarianceMin`: the mean and the smallest of a batch norm's running variances over its channels, after the step.
 *
 * With micro-batches the activations are those of the batch's last part. NaN: a dropped branch, which had no activations.
 */
export const OBSERVED_QUANTITIES = [
  'weightNorm',
  'updateNorm',
  'activationMean',
  'activationStd',
  'deadFraction',
  'zeroFraction',
  'batchNormVariance',
  'batchNormVarianceMin',
] as const;
export type ObservedQuantity = (typeof OBSERVED_QUANTITIES)[number];

/**
 * What can be read by layer and step: the gradient norm, which every step has, what is observed, and `updateRatio`, which is
 * ||w' - w|| / ||w||: NaN where both are 0, infinite where only the weights were.
 */
export const LAYER_QUANTITIES = ['gradientNorm', 'updateRatio', ...OBSERVED_QUANTITIES] as const;
export const LayerQuantity = v.picklist(LAYER_QUANTITIES);
export type LayerQuantity = v.InferOutput<typeof LayerQuantity>;

/** Whose value each quantity is. */
export const SITE_OF: Readonly<Record<LayerQuantity, LayerSite>> = {
  gradientNorm: 'parameter',
  updateRatio: 'parameter',
  weightNorm: 'parameter',
  updateNorm: 'parameter',
  activationMean: 'relu',
  activationStd: 'relu',
  deadFraction: 'relu',
  zeroFraction: 'relu',
  batchNormVariance: 'batchNorm',
  batchNormVarianceMin: 'batchNorm',
};

/** The layers that a run observes besides its parameter tensors, by name in depth order. */
export const ObservedLayers = v.strictObject({ relu: v.array(v.string()), batchNorm: v.array(v.string()) });
export type ObservedLayers = v.InferOutput<typeof ObservedLayers>;

/**
 * Observations among the steps of a frame: `values` is [steps, width], row-major; a row holds every quantity of
 * `OBSERVED_QUANTITIES` one after the other, each for all layers of its site in depth order.
 */
export const Observations = v.strictObject({
  steps: v.instance(Float64Array<ArrayBufferLike>),
  values: v.instance(Float32Array<ArrayBufferLike>),
});
export type Observations = v.InferOutput<typeof Observations>;

/**
 * A quantity over a range of steps: `values` is [columns, layers], column by column; a column begins at its `steps` entry,
 * which was observed, and ends before the next one. Where there were more observed steps than columns, a column holds each
 * layer's most extreme value among its own: the smallest for `batchNormVarianceMin`, the largest for all others (NaN wins).
 */
export const FlowMap = v.strictObject({
  runId: Id,
  quantity: LayerQuantity,
  layers: v.array(v.string()),
  steps: v.instance(Float64Array<ArrayBufferLike>),
  values: v.instance(Float32Array<ArrayBufferLike>),
  /** The last step covered. */
  lastStep: v.number(),
});
export type FlowMap = v.InferOutput<typeof FlowMap>;

/** Every quantity of one step, each for all layers of its site in depth order. */
export const FlowProfile = v.strictObject({
  runId: Id,
  /** The newest observed step up to the one that was asked for; that step itself where none was observed. */
  step: v.number(),
  /** False where the step has gradient norms only. */
  isObserved: v.boolean(),
  quantities: v.array(
    v.strictObject({
      quantity: LayerQuantity,
      layers: v.array(v.string()),
      values: v.instance(Float32Array<ArrayBufferLike>),
    }),
  ),
});
export type FlowProfile = v.InferOutput<typeof FlowProfile>;
