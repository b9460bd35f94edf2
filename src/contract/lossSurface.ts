import * as v from 'valibot';
import { WorkProgress } from './data.ts';
import { Measurement } from './measurement.ts';
import { NetworkInput } from './network.ts';
import { wholeNumber } from './numbers.ts';

/** How a slice of the loss surface is taken. */
export const LossSurfaceChoices = v.strictObject({
  /** Points along each direction; odd, so that the checkpoint itself is one of them. */
  size: v.optional(
    v.pipe(
      wholeNumber('The size of the grid', 3, 201),
      v.check((size) => size % 2 === 1, 'The size of the grid is odd, so that the checkpoint is at its centre'),
    ),
    21,
  ),
  /** The grid goes from minus this to this; 1 is as far as the weights are from 0, filter by filter. */
  range: v.optional(
    v.pipe(v.number(), v.gtValue(0, 'The range is more than 0'), v.maxValue(10, 'The range is at most 10')),
    1,
  ),
  images: v.optional(wholeNumber('The number of images', 1, 1_000_000), 256),
  /** Training images, held-out ones included, without augmentation, or test images. */
  part: v.optional(v.picklist(['train', 'test']), 'train'),
  /** Of the directions and of the images that are drawn. */
  seed: v.optional(wholeNumber('The seed', 0, 2 ** 31 - 1), 0),
});
export type LossSurfaceChoices = v.InferOutput<typeof LossSurfaceChoices>;

/**
 * The loss over a plane through a checkpoint: weights + x d1 + y d2 with two filter-normalised random directions (Li et al.
 * 2018, arXiv:1712.09913, section 4).
 */
export const LossSurface = v.strictObject({
  network: v.string(),
  input: NetworkInput,
  /** Of the run's checkpoint; null where the weights are not a run's. */
  step: v.nullable(v.number()),
  data: v.string(),
  part: v.picklist(['train', 'test']),
  /** How many images each point is the mean of. */
  images: v.number(),
  seed: v.number(),
  /** Of both axes, from -range to range. */
  coordinates: v.array(v.number()),
  /** Mean cross-entropy, [y][x]; not finite where the numbers overflow. */
  loss: v.array(v.array(Measurement)),
  /** Share of right answers, [y][x]. */
  accuracy: v.array(v.array(v.number())),
});
export type LossSurface = v.InferOutput<typeof LossSurface>;

/** What is heard while a surface is computed; the result comes last. */
export const LossSurfaceProgress = v.variant('type', [
  v.strictObject({ type: v.literal('progress'), ...WorkProgress.entries }),
  v.strictObject({ type: v.literal('result'), result: LossSurface }),
]);
export type LossSurfaceProgress = v.InferOutput<typeof LossSurfaceProgress>;
