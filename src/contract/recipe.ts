import * as v from 'valibot';
import { wholeNumber } from './numbers.ts';

/** Learning-rate schedule after warm-up. `step` divides at fractions of the run, as the published 32k and 48k of 64k do. */
export const ScheduleKind = v.picklist(['step', 'cosine', 'constant']);
export type ScheduleKind = v.InferOutput<typeof ScheduleKind>;

/** `linear` rises from `warmupRate` to the learning rate; `constant` holds `warmupRate` (He 2015: 0.01 for 400 steps). */
export const WarmupKind = v.picklist(['linear', 'constant']);
export type WarmupKind = v.InferOutput<typeof WarmupKind>;

/**
 * Activations that are computed again in the backward pass instead of being kept (Chen et al. 2016), for about a half or a
 * quarter of a deep network's memory. All numbers stay what they are.
 */
export const Recompute = v.picklist(['off', 'half', 'quarter']);
export type Recompute = v.InferOutput<typeof Recompute>;

/** `sgd`: with momentum, heavy-ball or Nesterov's; `adamw`: Loshchilov and Hutter 2019. */
export const OptimiserKind = v.picklist(['sgd', 'adamw']);
export type OptimiserKind = v.InferOutput<typeof OptimiserKind>;

/**
 * Of activations and of the kernels that meet them. With `bfloat16` weights, batch-norm moments, loss and update stay float32
 * (Micikevicius et al. 2018, "Mixed Precision Training", section 3.1; its range is float32's, so the loss needs no scaling).
 */
export const Precision = v.picklist(['float32', 'bfloat16']);
export type Precision = v.InferOutput<typeof Precision>;

/**
 * Which steps are observed, layer by layer (`contract/flow.ts`). `auto`: the first 50, the last and every k-th, k from the length
 * of the run; a number: every so many steps instead of k. What is trained stays the same, bit for bit.
 */
export const Observe = v.union(
  [v.picklist(['auto', 'off']), wholeNumber('The interval of observed steps', 1, 1_000_000)],
  'Observed steps are "auto", "off" or every so many steps, a whole number from 1',
);
export type Observe = v.InferOutput<typeof Observe>;

const positive = (name: string, maximum: number) =>
  v.pipe(
    v.number(`${name} is a number`),
    v.gtValue(0, `${name} is greater than 0`),
    v.maxValue(maximum, `${name} is at most ${maximum}`),
  );

const fromZero = (name: string, maximum: number) =>
  v.pipe(
    v.number(`${name} is a number`),
    v.minValue(0, `${name} is at least 0`),
    v.maxValue(maximum, `${name} is at most ${maximum}`),
  );

const share = (name: string) =>
  v.pipe(
    v.number(`${name} is a number`),
    v.minValue(0, `${name} is at least 0`),
    v.ltValue(1, `${name} is less than 1`),
  );

const dropProbability = (name: string) =>
  v.pipe(
    v.number(`${name} is a probability`),
    v.gtValue(0, `${name} is greater than 0`),
    v.ltValue(1, `${name} is less than 1`),
  );

/**
 * How a run is trained. Every field has a default, so `{}` is a complete recipe: SGD with heavy-ball momentum (He et al.
 * 2015, section 3.4). The optimisers' equations are in docs/engine.md.
 */
export const TrainingRecipe = v.strictObject({
  epochs: v.optional(wholeNumber('The number of epochs', 1, 100_000), 5),
  /** Ends the run after this many steps even inside an epoch; the schedule's length follows. */
  maxSteps: v.optional(v.nullable(wholeNumber('The step limit', 1, 100_000_000)), null),
  batchSize: v.optional(wholeNumber('The batch size', 1, 4096), 64),
  learningRate: v.optional(positive('The learning rate', 100), 0.1),
  optimiser: v.optional(OptimiserKind, 'sgd'),
  /** `sgd` only. */
  momentum: v.optional(share('The momentum'), 0.9),
  /** `sgd` only: Nesterov's momentum instead of heavy-ball. */
  nesterov: v.optional(v.boolean(), false),
  /** `adamw` only: how much of the gradient's first and second moment is kept from step to step. */
  beta1: v.optional(share('Beta 1'), 0.9),
  beta2: v.optional(share('Beta 2'), 0.999),
  /** `adamw` only: added to the root of the second moment. */
  epsilon: v.optional(positive('Epsilon', 1), 1e-8),
  /** `sgd`: L2, added to the gradient as weightDecay * w. `adamw`: decoupled, w loses rate * weightDecay * w. */
  weightDecay: v.optional(fromZero('The weight decay', 1), 1e-4),
  /** Whether batch-norm scales, shifts and biases decay too (the papers' code: yes). */
  decayAll: v.optional(v.boolean(), true),
  schedule: v.optional(ScheduleKind, 'cosine'),
  /** `step` only: where the rate falls, as ascending fractions of the run. */
  milestones: v.optional(
    v.pipe(
      v.array(
        v.pipe(
          v.number('A milestone is a number'),
          v.gtValue(0, 'A milestone is greater than 0'),
          v.ltValue(1, 'A milestone is less than 1'),
        ),
      ),
      v.maxLength(20, 'There are at most 20 milestones'),
      v.check(
        (values) => values.every((value, index) => index === 0 || value > values[index - 1]!),
        'Milestones are in ascending order',
      ),
    ),
    () => [0.5, 0.75],
  ),
  /** `step` only: the rate is multiplied by this at each milestone. */
  decayFactor: v.optional(positive('The decay factor', 1), 0.1),
  warmupSteps: v.optional(wholeNumber('The number of warm-up steps', 0, 10_000_000), 0),
  warmup: v.optional(WarmupKind, 'linear'),
  warmupRate: v.optional(fromZero('The warm-up rate', 100), 0),
  /** Global-norm clipping (Pascanu et al. 2013): gradients are scaled by min(1, clipNorm / global norm). Null: off. */
  clipNorm: v.optional(v.nullable(positive('The clipping norm', 1e6)), null),
  /**
   * The share of the training target that is spread evenly over all classes (Szegedy et al. 2016, section 7). The test
   * loss is without it, so that it compares between runs.
   */
  labelSmoothing: v.optional(share('Label smoothing'), 0),
  /**
   * Decay of the exponential moving average of the weights that evaluation uses: average <- decay * average +
   * (1 - decay) * w after each step. Null: the weights themselves.
   */
  weightAverage: v.optional(
    v.nullable(
      v.pipe(
        share('The decay of the weight average'),
        v.gtValue(0, 'The decay of the weight average is greater than 0'),
      ),
    ),
    null,
  ),
  /**
   * How often a run that diverges goes back to its last checkpoint (or its start) and on from there with a smaller rate,
   * before it ends as diverged. 0: it ends at the first divergence.
   */
  rollbacks: v.optional(wholeNumber('The number of rollbacks', 0, 100), 0),
  /** What the learning rate is multiplied by at each rollback. */
  rollbackFactor: v.optional(
    v.pipe(positive('The rollback factor', 1), v.ltValue(1, 'The rollback factor is less than 1')),
    0.1,
  ),
  /**
   * Stochastic depth (Huang et al. 2016): the probability that a mini-batch drops the last block's residual branch; it falls
   * linearly towards the first. Null: off.
   */
  stochasticDepth: v.optional(v.nullable(dropProbability('The stochastic depth')), null),
  /** DropPath: the same for each image alone, the kept ones scaled up. Null: off. */
  dropPath: v.optional(v.nullable(dropProbability('The drop path')), null),
  /** Pad 4 (or 1/8 of the image, if that is less) + random crop, and horizontal flip where the data set allows it. */
  augment: v.optional(v.boolean(), false),
  /**
   * RandAugment (Cubuk et al. 2020): the magnitude, 0 to 30, of operations that are drawn for each image; 9 is usual. Null: off.
   */
  randAugmentMagnitude: v.optional(v.nullable(wholeNumber('The magnitude of RandAugment', 0, 30)), null),
  randAugmentOperations: v.optional(wholeNumber('The operations of RandAugment', 1, 10), 2),
  /** Brightness, contrast and saturation, each by up to 40 %, in a random order. */
  colourJitter: v.optional(v.boolean(), false),
  /** A random multiple of the colours' principal components (Krizhevsky et al. 2012, section 4.1). */
  lighting: v.optional(v.boolean(), false),
  /** Side of a square of the mean colour at a random place, in pixels (DeVries and Taylor 2017). Null: off. */
  cutout: v.optional(v.nullable(wholeNumber('The side of the cutout', 1, 1024)), null),
  /** Alpha of mixup (Zhang et al. 2018): images and labels are mixed in pairs. With `cutMix` each batch has one of them. Null: off. */
  mixup: v.optional(v.nullable(positive('Alpha of mixup', 100)), null),
  /** Alpha of CutMix (Yun et al. 2019): a rectangle of one image in another, labels by their areas. Null: off. */
  cutMix: v.optional(v.nullable(positive('Alpha of CutMix', 100)), null),
  seed: v.optional(wholeNumber('The seed', 0, 2 ** 31 - 1), 1),
  /**
   * The share of the training images that is held out, evenly from every class: the run is evaluated on them after each epoch
   * and trains on the rest, and the test images are evaluated once, at its end. 0: it trains on all, and the test images are
   * evaluated after each epoch.
   */
  validationShare: v.optional(fromZero('The validation share', 0.5), 0.1),
  /** Which images are held out; apart from `seed`, so that all runs of a study hold out the same ones. */
  validationSeed: v.optional(wholeNumber('The validation seed', 0, 2 ** 31 - 1), 0),
  recompute: v.optional(Recompute, 'off'),
  /**
   * Parts that a batch is processed in, one after the other, for the memory of one: gradients are averaged over all images,
   * each part is normalised by its own moments, and running averages move once a part. A batch of fewer images has as many parts.
   */
  microBatches: v.optional(wholeNumber('The number of micro-batches', 1, 4096), 1),
  precision: v.optional(Precision, 'float32'),
  /** Has XLA compile and fuse the graph. On a GPU only: on a processor it halves the speed, and a run that asks for it is refused. */
  xla: v.optional(v.boolean(), false),
  observe: v.optional(Observe, 'auto'),
});
export type TrainingRecipe = v.InferOutput<typeof TrainingRecipe>;
export type TrainingRecipeInput = v.InferInput<typeof TrainingRecipe>;
