import * as v from 'valibot';
import { ActivationOrder, BlockKind, isPreactivation, ShortcutKind, SqueezeReduction } from './block.ts';
import { MAX_NAME_LENGTH } from './limits.ts';
import { wholeNumber } from './numbers.ts';

const MAX_CHANNELS = 8192;

/** What editors show of a field; it stands in the schema that is shipped for them. */
const text = v.description;

/**
 * The first convolution: `window` x `window` pixels, padded so that only the stride makes the image smaller. With `pool` a
 * 3x3 max-pool of stride 2 follows.
 */
export const Stem = v.strictObject({
  window: v.optional(
    v.pipe(v.picklist([1, 3, 5, 7], 'A window is 1, 3, 5 or 7 pixels wide'), text('Side of the convolution, pixels')),
    3,
  ),
  width: v.pipe(wholeNumber('The width of the stem', 1, MAX_CHANNELS), text('Channels of the convolution')),
  stride: v.optional(wholeNumber('A stride', 1, 4), 1),
  pool: v.optional(v.pipe(v.boolean(), text('Whether a 3x3 max-pool of stride 2 follows')), false),
});
export type Stem = v.InferOutput<typeof Stem>;

/** One residual unit, or several alike in a row. */
export const Block = v.strictObject({
  kind: v.pipe(BlockKind, text('basic: 3x3, 3x3; bottleneck: 1x1, 3x3, 1x1')),
  activation: v.optional(
    v.pipe(ActivationOrder, text('original: V1; full-preactivation: V2; all: He et al. 2016, table 2')),
    'full-preactivation',
  ),
  width: v.pipe(wholeNumber('The width of a block', 1, MAX_CHANNELS), text('Channels of the 3x3 convolutions')),
  stride: v.optional(
    v.pipe(wholeNumber('A stride', 1, 4), text('Of the first unit; those that repeat it have stride 1')),
    1,
  ),
  expansion: v.optional(
    v.pipe(
      wholeNumber('The expansion', 1, 64),
      text('Channels that leave the unit, as a multiple of its width; left out: 1 (basic) or 4 (bottleneck)'),
    ),
  ),
  shortcut: v.optional(
    v.pipe(
      ShortcutKind,
      text('What carries x past the branch: He et al. 2016, table 1; zero-padding: option A of 2015'),
    ),
    'identity',
  ),
  activationBeforeSplit: v.optional(
    v.pipe(
      v.boolean(),
      text('Whether the first activation comes before the two paths part: pre-activation orders only'),
    ),
    false,
  ),
  se: v.optional(
    v.pipe(SqueezeReduction, text('Reduction of a squeeze and excitation on the residual branch; left out: none')),
  ),
  drop: v.optional(
    v.pipe(
      v.number('A drop probability is a number'),
      v.minValue(0, 'A drop probability is at least 0'),
      v.ltValue(1, 'A drop probability is less than 1'),
      text('Probability that the residual branch is dropped in a training step'),
    ),
    0,
  ),
  repeat: v.optional(
    v.pipe(wholeNumber('The number of repetitions', 1, 1000), text('How many such units follow one another')),
    1,
  ),
});
export type Block = v.InferOutput<typeof Block>;

/** Blocks that follow one another, usually at one size of the image. */
export const Stage = v.strictObject({
  blocks: v.pipe(v.array(Block), v.minLength(1, 'A stage has at least one block')),
});

/**
 * A residual network as plain data: stem, stages of blocks, global pool, dense layer. The first unit's order of activation
 * decides whether the stem is normalised and activated, the last unit's whether the head is.
 */
export const Architecture = v.strictObject({
  /** What runs and tables call it. */
  name: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1, 'A name is not empty'), v.maxLength(MAX_NAME_LENGTH))),
  stem: Stem,
  stages: v.pipe(
    v.array(Stage),
    v.minLength(1, 'There is at least one stage'),
    v.maxLength(16, 'There are at most 16 stages'),
  ),
});
export type Architecture = v.InferOutput<typeof Architecture>;

/** An architecture in a YAML or JSON file, which may name its schema for editors. */
export const ArchitectureFile = v.strictObject({ $schema: v.optional(v.string()), ...Architecture.entries });

/** Layers with weights on the way through a unit. */
const UNIT_LAYERS: Readonly<Record<BlockKind, number>> = { basic: 2, bottleneck: 3 };

/** Stem and dense layer. */
const LAYERS_OUTSIDE = 2;

/**
 * How an architecture is sorted among the named networks: its depth as the papers count it (layers with weights, without
 * those of shortcuts and of squeeze and excitation), and of its units the version and the kind that most are of.
 */
export function outlineOf({ stages }: Architecture): { version: 'v1' | 'v2'; depth: number; block: BlockKind } {
  const blocks = stages.flatMap((stage) => stage.blocks);
  const count = (isMeant: (block: Block) => boolean) =>
    blocks.filter(isMeant).reduce((sum, { repeat }) => sum + repeat, 0);
  const units = count(() => true);
  return {
    version: 2 * count(({ activation }) => isPreactivation(activation)) >= units ? 'v2' : 'v1',
    depth: blocks.reduce((sum, { kind, repeat }) => sum + UNIT_LAYERS[kind] * repeat, LAYERS_OUTSIDE),
    block: 2 * count(({ kind }) => kind === 'bottleneck') >= units ? 'bottleneck' : 'basic',
  };
}
