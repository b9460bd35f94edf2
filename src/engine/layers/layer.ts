import type { ParameterRole, StatisticRole } from '../program.ts';

/** A tensor that a layer owns, by the name that it keeps in files: the layer's name and its own. */
export interface OwnedTensor<Role extends string> {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: Role;
  readonly stage: string;
  /** What all its elements are before training, where that is not as its role has it. */
  readonly start?: number;
}

interface LayerBase {
  /** Unique in its network: `stage1.unit2.conv1`. */
  readonly name: string;
  /** `stem`, `stage1` ... `head`. */
  readonly stage: string;
  readonly inputs: readonly Layer[];
  /** Of one image: [height, width, channels], or [channels] after the pool. */
  readonly shape: readonly number[];
  readonly parameters: readonly OwnedTensor<ParameterRole>[];
  readonly statistics: readonly OwnedTensor<StatisticRole>[];
}

/** Probabilities that training drops a residual branch; 0: never. */
export interface BranchDrop {
  /** For a whole mini-batch, at no cost; evaluation scales the branch by its survival (Huang et al. 2016). */
  readonly stochasticDepth: number;
  /** For one image; those that keep it have it divided by the probability of that (DropPath, as timm's `drop_path`). */
  readonly dropPath: number;
}

/** The pixels, 0 to 255. */
export type ImagesLayer = LayerBase & { readonly kind: 'images' };
/** A bias only where one is among the parameters: mostly a batch norm follows or came before. `padding` zeros on each side. */
export type ConvolutionLayer = LayerBase & {
  readonly kind: 'convolution';
  readonly stride: number;
  readonly padding: number;
};
export type BatchNormLayer = LayerBase & { readonly kind: 'batchNorm' };
export type ReluLayer = LayerBase & { readonly kind: 'relu' };
/** The residual branch, which training may drop, and the shortcut. */
export type AdditionLayer = LayerBase & { readonly kind: 'addition'; readonly drop: BranchDrop };
/** The largest of each window; `padding` on each side is never the largest. */
export type MaxPoolLayer = LayerBase & {
  readonly kind: 'maxPool';
  readonly window: number;
  readonly stride: number;
  readonly padding: number;
};
/** Channels of zeros after the input's own. */
export type PadChannelsLayer = LayerBase & { readonly kind: 'padChannels' };
export type SigmoidLayer = LayerBase & { readonly kind: 'sigmoid' };
/** 1 - x */
export type ComplementLayer = LayerBase & { readonly kind: 'complement' };
/** The product of two images, element by element, or of an image and one number a channel. */
export type ProductLayer = LayerBase & { readonly kind: 'product' };
/** The product with a number that is not trained. */
export type ScaleLayer = LayerBase & { readonly kind: 'scale'; readonly factor: number };
/** Training: each element with probability `keep`, else 0. Evaluation: times `keep` (Srivastava et al. 2014, section 4). */
export type DropoutLayer = LayerBase & { readonly kind: 'dropout'; readonly keep: number };
/** The mean over all positions. */
export type GlobalPoolLayer = LayerBase & { readonly kind: 'globalPool' };
/** A product and a bias. */
export type DenseLayer = LayerBase & { readonly kind: 'dense' };

/** One layer of a network: what is computed, not yet how. Frozen. */
export type Layer =
  | ImagesLayer
  | ConvolutionLayer
  | BatchNormLayer
  | ReluLayer
  | AdditionLayer
  | MaxPoolLayer
  | PadChannelsLayer
  | SigmoidLayer
  | ComplementLayer
  | ProductLayer
  | ScaleLayer
  | DropoutLayer
  | GlobalPoolLayer
  | DenseLayer;

/** A network as data: its layers in depth order, each after its inputs; the last one gives the logits. */
export interface LayerGraph {
  readonly layers: readonly Layer[];
  readonly images: ImagesLayer;
  readonly logits: Layer;
  /** In depth order. */
  readonly parameters: readonly OwnedTensor<ParameterRole>[];
  readonly statistics: readonly OwnedTensor<StatisticRole>[];
}
