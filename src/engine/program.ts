import type { ObservedLayers } from '../contract/flow.ts';
import type { NetworkInput } from '../contract/network.ts';
import type { Precision, Recompute } from '../contract/recipe.ts';

/** `kernel`: a convolution's or the dense layer's weights. `scale`, `shift`: of a batch norm. `bias`: a dense layer's or a gate's. */
export type ParameterRole = 'kernel' | 'scale' | 'shift' | 'bias';

/** Running average of a batch norm's per-channel mean or variance. */
export type StatisticRole = 'mean' | 'variance';

/** A named piece of one of the flat vectors: elements `offset` to `offset + size`, row-major. */
export interface TensorSlice<Role extends string> {
  /** Stable, in the field's terms: `stage1.unit2.conv1.weight`, `head.bn.gamma`. */
  readonly name: string;
  /** Convolutions [height, width, in, out]; dense [in, out]; all others [channels]. */
  readonly shape: readonly number[];
  readonly role: Role;
  /** `stem`, `stage1` ... `head`. */
  readonly stage: string;
  /** What all its elements are before training, where that is not as its role has it. */
  readonly start?: number;
  readonly offset: number;
  readonly size: number;
}

export type ParameterTensor = TensorSlice<ParameterRole>;
export type StatisticTensor = TensorSlice<StatisticRole>;

/** How a gradient becomes an update; the equations are in `sgd.ts` and `adamw.ts`. */
export type OptimiserOptions =
  | {
      readonly kind: 'sgd';
      /** 0 to below 1. */
      readonly momentum: number;
      readonly nesterov: boolean;
    }
  | {
      readonly kind: 'adamw';
      /** How much of the old moments is kept, 0 to below 1. */
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    };

/** What is fixed when a graph is compiled; the learning rate is not: it is fed with every step. */
export interface ProgramOptions {
  readonly optimiser: OptimiserOptions;
  /** SGD: L2, added to the clipped gradient as weightDecay * w. AdamW: decoupled, w loses learningRate * weightDecay * w. */
  readonly weightDecay: number;
  /** Whether batch-norm scales and shifts and the bias decay too. */
  readonly decayAll: boolean;
  /** Largest global gradient norm; null: no clipping. */
  readonly clipNorm: number | null;
  /** The share of the training target that is spread evenly over all classes; left out: 0. */
  readonly labelSmoothing?: number;
  /** Whether each image has two labels, as mixup and CutMix make them; left out: one. */
  readonly mixedLabels?: boolean;
  /** Decay of the moving average of the weights that evaluation uses; null or left out: it uses the weights themselves. */
  readonly weightAverage?: number | null;
  /** Per channel, in pixel values (0 to 255): the network sees (pixel - mean) / std. */
  readonly imageMean: readonly number[];
  readonly imageStd: readonly number[];
  /** What of the forward pass is computed again in the backward pass; nothing where it is left out. */
  readonly recompute?: Recompute;
  /** Parts that a batch is processed in, one after the other; 1 where it is left out. */
  readonly microBatches?: number;
  /** Of activations and of the kernels that meet them; float32 where it is left out. */
  readonly precision?: Precision;
  /** Whether a step can be observed by layer; not where it is left out. */
  readonly observe?: boolean;
}

/** A residual branch that training drops, by the name of its addition (`stage1.unit2.add`). */
export interface DroppedBranch {
  readonly name: string;
  /** Of being dropped, above 0 and below 1. */
  readonly probability: number;
}

/** In depth order; a branch may be in both lists. */
export interface DroppedBranches {
  /** For a whole mini-batch. */
  readonly stochasticDepth: readonly DroppedBranch[];
  /** For each image. */
  readonly dropPath: readonly DroppedBranch[];
  /** Whether elements of shortcuts are dropped, by masks that follow from a seed. */
  readonly shortcutElements: boolean;
}

/** What was drawn for one step: which residual branches it drops. */
export interface StepDrops {
  /** [stochasticDepth]: 1 where the mini-batch keeps the branch, 0 where it drops it. */
  readonly keptBranches: Float32Array;
  /** [dropPath, batch]: what each image's residual is multiplied by: 0, or 1 / (1 - probability). */
  readonly branchFactors: Float32Array;
  /** What the masks of shortcuts follow from: int32, from 0. */
  readonly maskSeed: number;
}

/**
 * The first entries of the vector that a step returns; the norm of every parameter tensor's gradient follows. `applied` is
 * 0 where a number was not finite, and the step changed nothing; else 1.
 */
export const STEP_METRICS = ['loss', 'correct', 'globalNorm', 'learningRate', 'applied'] as const;

/** Where the gradient norms start in a step's metrics; they are in the order of `TrainingProgram.parameters`. */
export const NORMS_OFFSET = STEP_METRICS.length;

/** A compiled network: TensorFlow's graph as bytes, and where each tensor lies in the flat vectors. */
export interface TrainingProgram {
  /** A serialised `SavedModel` message, to be written as `saved_model.pb`. */
  readonly savedModel: Uint8Array;
  readonly input: NetworkInput;
  /** In depth order, stem to head; the offsets are not ascending (tensors of one shape lie together). */
  readonly parameters: readonly ParameterTensor[];
  readonly parameterCount: number;
  readonly statistics: readonly StatisticTensor[];
  readonly statisticCount: number;
  /** The vectors of the state, in the order in which a checkpoint holds them. */
  readonly state: readonly StateVector[];
  /** The residual branches that training drops. */
  readonly drops: DroppedBranches;
  /** The layers whose activations and running variances can be observed; null where a step cannot be. */
  readonly observedLayers: ObservedLayers | null;
  /** Parts that a step processes its batch in: `accumulate` for each, then `train`. */
  readonly microBatches: number;
  /** Nodes of the whole graph, evaluation included. */
  readonly graphNodes: number;
}

/**
 * What an optimiser keeps from step to step: SGD its momentum; AdamW the first and second moment of the gradient, and
 * how many updates were made.
 */
export type SlotName = 'momentum' | 'firstMoment' | 'secondMoment' | 'updates';
/** Moving averages over the steps, where they are kept. */
export type AverageName = 'averageParameters' | 'averageStatistics';
export type StateName = 'parameters' | SlotName | 'statistics' | AverageName;

/** One flat vector of the state. */
export interface StateVector {
  readonly name: StateName;
  /** Whose tensors it holds, at their offsets; `count` is a single number. */
  readonly of: 'parameters' | 'statistics' | 'count';
  readonly size: number;
}

/**
 * Everything that a step changes: what a checkpoint must hold besides the position in the data. One float32 vector for
 * each of `TrainingProgram.state`: the parameters, the running means and variances of the batch norms, the optimiser's slots,
 * and the moving averages of the first two.
 */
export type TrainingState = Readonly<
  Record<'parameters' | 'statistics', Float32Array> & Partial<Record<SlotName | AverageName, Float32Array>>
>;

/** A vector that the state must have; a fault of the caller where it has not. */
export function vectorOf(state: TrainingState, name: StateName): Float32Array {
  const vector = state[name];
  if (vector === undefined) throw new Error(`The state lacks ${name}: it is of another optimiser`);
  return vector;
}

/** Names of the graph's nodes that a session feeds and fetches. */
export const FEEDS = {
  /** uint8 [batch, height, width, channels] */
  images: 'images',
  /** int32 [batch] */
  labels: 'labels',
  /** int32 and float32 [batch]; only where images are mixed */
  secondLabels: 'second_labels',
  secondShares: 'second_shares',
  /** float32 scalar */
  learningRate: 'learning_rate',
  /** float32, as in `StepDrops`; only where the network drops branches */
  keptBranches: 'kept_branches',
  branchFactors: 'branch_factors',
  /** float32 scalar: a part's share of the batch's images, for `accumulate` */
  share: 'share',
  /** int32 scalar; only where the network has dropout */
  dropoutSeed: 'dropout_seed',
} as const;

/** What is fed to replace a vector of the state: float32. Fetching the vector's own name reads it. */
export const newVector = (name: StateName): string => `new_${name}`;

export const FETCHES = {
  /** float32 [NORMS_OFFSET + parameter tensors]; fetching it makes the step. */
  train: 'train',
  /**
   * float32 [2 * parameter tensors], [4 * ReLUs] and [2 * batch norms], as in `observation.ts`: together what `contract/flow.ts` calls an
   * observation. Only where the options ask for it. `updates` and `variances` are fetched with `train` and `activations` with the pass that
   * they are of: `accumulate` where there is more than one part, else `train`.
   */
  updates: 'observed_updates',
  activations: 'observed_activations',
  variances: 'observed_variances',
  /** float32 scalar, a token, only with more than one part: fetching it adds a part of a batch, `train` then makes the step. */
  accumulate: 'accumulate',
  /** float32 scalar, a token, only with more than one part: fetching it forgets the parts so far. */
  discard: 'discard',
  /** float32 [2]: sum of the losses, number of correct answers. */
  evaluate: 'evaluate',
  /** float32 [layers], of a `Diagnosis`. */
  diagnosis: 'diagnosis',
  /** float32 scalar, a token: fetching it makes the assignment. */
  assign: 'assign',
} as const;
