import * as v from 'valibot';
import { Architecture } from './architecture.ts';
import { ActivationOrder, BlockKind, ShortcutKind, SqueezeReduction } from './block.ts';

/** Residual network version: V1 = post-activation (He et al. 2015), V2 = pre-activation (He et al. 2016). */
export const NetworkVersion = v.picklist(['v1', 'v2'], 'A network is of version v1 or v2');
export type NetworkVersion = v.InferOutput<typeof NetworkVersion>;

/** Depths of the CIFAR family: 6n+2 (basic) or 9n+2 (bottleneck), n >= 1. */
export const MIN_DEPTH = 8;
export const MAX_DEPTH = 1202;

/**
 * `cifar`: 3x3 stem, three stages of 16, 32 and 64 channels (He et al. 2015, section 4.2). `imagenet`: four stages of 64 to
 * 512 channels at depths 18, 34, 50, 101, 152 and 200 (table 1); on small images with a 3x3 stem and without the pool.
 */
export const NetworkFamily = v.picklist(['cifar', 'imagenet']);
export type NetworkFamily = v.InferOutput<typeof NetworkFamily>;

/** What can be chosen of a named network beside its version and depth; what is left out is as in the papers. */
export const NetworkChoices = v.strictObject({
  /** Left out: the papers' choice, basic below depth 164 and bottleneck from there, wherever both fit the depth. */
  block: v.optional(BlockKind),
  /** Left out: as the images' size and the depth have it (`nets/plans.ts`). */
  family: v.optional(NetworkFamily),
  /** Squeeze and excitation: the channels are reduced to this fraction of them, 16 in Hu et al. 2017. Left out: none. */
  se: v.optional(SqueezeReduction),
  shortcut: v.optional(ShortcutKind),
  /** V1 has those that activate after the convolutions, V2 those that activate before. */
  activation: v.optional(ActivationOrder),
  /** The first unit's activation comes before its two paths part (V2; He et al. 2016, appendix). */
  activationBeforeSplit: v.optional(v.boolean()),
});
export type NetworkChoices = v.InferOutput<typeof NetworkChoices>;

/** What a request chooses of its networks, without all else and without what is left open. */
export function choicesOf(request: NetworkChoices): NetworkChoices {
  const fields = Object.keys(NetworkChoices.entries) as (keyof NetworkChoices)[];
  const chosen = fields.map((field) => [field, request[field]] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(chosen);
}

const depthFrom = (minimum: number) =>
  v.pipe(
    v.number(),
    v.integer('The depth is a whole number'),
    v.minValue(minimum, `The depth is at least ${minimum}`),
    v.maxValue(MAX_DEPTH, `The depth is at most ${MAX_DEPTH}`),
  );

/** The depth of a named network; an architecture of its own may be shallower. */
export const NamedDepth = depthFrom(MIN_DEPTH);

/** A network as it is asked for; `nets/plans.ts` decides what is left open and gives the reason for a refusal. */
export const NetworkRequest = v.strictObject({
  version: NetworkVersion,
  depth: depthFrom(1),
  ...NetworkChoices.entries,
  /** A network that is no named one; version, depth and block are then those that its outline has. */
  architecture: v.optional(Architecture),
});
export type NetworkRequest = v.InferOutput<typeof NetworkRequest>;

/** A network fully decided, as it is recorded with a run. What is left out is as in the papers, the family `cifar`. */
export const NetworkSpec = v.strictObject({
  ...NetworkRequest.entries,
  block: BlockKind,
});
export type NetworkSpec = v.InferOutput<typeof NetworkSpec>;

/** What a network takes in and gives out; it follows the data set. Sizes in pixels. */
export const NetworkInput = v.strictObject({
  height: v.pipe(v.number(), v.integer(), v.minValue(8, 'Images are at least 8 pixels high')),
  width: v.pipe(v.number(), v.integer(), v.minValue(8, 'Images are at least 8 pixels wide')),
  channels: v.pipe(v.number(), v.integer(), v.minValue(1)),
  classes: v.pipe(v.number(), v.integer(), v.minValue(2, 'There are at least 2 classes')),
});
export type NetworkInput = v.InferOutput<typeof NetworkInput>;

/** One row of a network's summary, in depth order. Shapes are [height, width, channels] of one image. */
export const LayerSummary = v.strictObject({
  name: v.string(),
  /** `conv`, `batch norm`, `relu`, `add`, `pool`, `dense`. */
  kind: v.string(),
  /** The stage it belongs to: `stem`, `stage1` ... `head`. */
  stage: v.string(),
  outputShape: v.array(v.number()),
  parameters: v.number(),
  /** Multiply-accumulates x 2 for one image, forward only. */
  flops: v.number(),
});
export type LayerSummary = v.InferOutput<typeof LayerSummary>;

/** One row per stage, for the preview before a start. */
export const StageSummary = v.strictObject({
  name: v.string(),
  blocks: v.number(),
  outputShape: v.array(v.number()),
  parameters: v.number(),
  flops: v.number(),
});
export type StageSummary = v.InferOutput<typeof StageSummary>;

/** Everything `describe` and the launch form say about a network before it trains. */
export const NetworkSummary = v.strictObject({
  /** What it would train on, `GPU: name` or `CPU: name`. */
  device: v.string(),
  name: v.string(),
  network: NetworkSpec,
  input: NetworkInput,
  parameters: v.number(),
  /** Parameter tensors: the number of gradient norms that each step records. */
  parameterTensors: v.number(),
  flopsPerImage: v.number(),
  /** Nodes of the compiled training graph. */
  graphNodes: v.number(),
  /** Rough peak memory of a training step at the given batch size, bytes; an estimate, and called so. */
  estimatedMemoryBytes: v.number(),
  stages: v.array(StageSummary),
  layers: v.array(LayerSummary),
});
export type NetworkSummary = v.InferOutput<typeof NetworkSummary>;

/** The reduction of the networks that are named `se_resnet`: Hu et al. 2017, section 6.1. */
export const NAMED_REDUCTION = 16;

/** The network's name as users type it, `resnet_v2_110` or `se_resnet_v2_110`; that of an architecture is its own. */
export function networkName({
  version,
  depth,
  se,
  architecture,
}: Pick<NetworkRequest, 'version' | 'depth' | 'se' | 'architecture'>): string {
  if (architecture !== undefined) return architecture.name ?? `custom_${depth}`;
  return `${se === undefined ? '' : 'se_'}resnet_${version}_${depth}`;
}

/** What of a network its name does not tell and is not as in the papers: `imagenet, projection`; mostly empty. */
export function networkVariant(network: NetworkSpec): string {
  const { family, se, shortcut, activation, activationBeforeSplit } = network;
  const reduction = se === undefined || se === NAMED_REDUCTION ? undefined : `reduction ${se}`;
  const split = activationBeforeSplit === true ? 'activation before the split' : undefined;
  return [family, shortcut, activation, reduction, split].filter((part) => part !== undefined).join(', ');
}

/** Reads `resnet_v1_<depth>`, `resnet_v2_<depth>` and the same with `se_` before; null where the name has another form. */
export function parseNetworkName(name: string): { version: NetworkVersion; depth: number; se?: number } | null {
  const match = /^(se_)?resnet_(v[12])_(\d{1,5})$/.exec(name);
  if (!match) return null;
  const named = { version: match[2] as NetworkVersion, depth: Number(match[3]) };
  return match[1] === undefined ? named : { ...named, se: NAMED_REDUCTION };
}
