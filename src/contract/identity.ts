import * as v from 'valibot';
import { WorkProgress } from './data.ts';
import { Measurement } from './measurement.ts';
import { NetworkInput } from './network.ts';
import { wholeNumber } from './numbers.ts';

/** How much of a network's identity paths is looked at. */
export const IdentityChoices = v.strictObject({
  /** Batch norms use the batch's own statistics, so that the number of images is part of what is measured. */
  images: v.optional(wholeNumber('The number of images', 2, 1024), 16),
  /** Random vectors for each Jacobian. */
  probes: v.optional(wholeNumber('The number of probes', 1, 1000), 8),
  /** Of the images that are chosen or drawn, of the probes, and of the masks of dropout. */
  seed: v.optional(wholeNumber('The seed', 0, 2 ** 31 - 1), 0),
});
export type IdentityChoices = v.InferOutput<typeof IdentityChoices>;

/**
 * Why a residual unit is no identity mapping in the sense of He et al. 2016, or less than the full pre-activation unit. The
 * first ones lie on the path from x to y, the last two on the residual branch of a unit whose path is clean.
 */
export const IdentityCause = v.picklist([
  'relu-after-addition',
  'batch-norm-after-addition',
  'constant-scaling',
  'gating',
  'dropout',
  'convolution',
  'activation-before-split',
  'other-layer',
  /** Nothing on the path explains what was measured. */
  'unexplained',
  'not-finite',
  /** x and y differ in shape: there is no identity to keep. */
  'projection',
  'zero-padding',
  /** ReLU before addition: F >= 0, so that the signal can only grow. */
  'residual-never-negative',
  /** ReLU-only pre-activation: the branch's first ReLU has no batch norm in front. */
  'relu-without-batch-norm',
]);
export type IdentityCause = v.InferOutput<typeof IdentityCause>;

/** A layer on the way from x to y, other than the addition. */
export const PathStep = v.strictObject({
  layer: v.string(),
  kind: v.string(),
  place: v.picklist(['before-split', 'shortcut', 'after-addition']),
  /** RMS of what it adds to its input over the RMS of the input; null where it changes the shape. */
  change: v.nullable(Measurement),
});
export type PathStep = v.InferOutput<typeof PathStep>;

/**
 * ||J - I|| / ||I|| in Frobenius norms, estimated from random probes, with the standard error of the estimate (null for a
 * single probe).
 */
export const JacobianDeviation = v.strictObject({
  estimate: Measurement,
  standardError: v.nullable(Measurement),
  probes: v.number(),
});
export type JacobianDeviation = v.InferOutput<typeof JacobianDeviation>;

export const IdentityBlock = v.strictObject({
  /** `stage1.unit2` */
  name: v.string(),
  /** `shape-change`: a projection or zero-padding where shapes differ, which counts neither for nor against. */
  verdict: v.picklist(['pass', 'fail', 'shape-change']),
  /** Whether the path from x to y is an identity: nothing on it, and y - F(x) = x as measured. */
  clean: v.boolean(),
  causes: v.array(IdentityCause),
  /** The causes as a sentence, with what was measured of them. */
  reason: v.string(),
  path: v.array(PathStep),
  /** RMS of y - F(x) - x over the RMS of x; null where shapes differ. */
  deviation: v.nullable(Measurement),
  /** Up to which deviation the rounding of float32 explains it. */
  tolerance: v.nullable(Measurement),
  /** Mean |F|, with F as it is added, and mean |x|. */
  residualMagnitude: Measurement,
  identityMagnitude: Measurement,
  residualRms: Measurement,
  identityRms: Measurement,
  /** Of F and x as vectors over the whole batch; null where shapes differ. */
  cosine: v.nullable(Measurement),
  /** Share of F's elements below 0. */
  negativeShare: Measurement,
  /** Of y with respect to x with F held fast: exactly 0 on a clean path. Null where shapes differ. */
  skipJacobian: v.nullable(JacobianDeviation),
  /** Of the whole unit: for a clean path the size of F's own Jacobian. Null where shapes differ. */
  unitJacobian: v.nullable(JacobianDeviation),
});
export type IdentityBlock = v.InferOutput<typeof IdentityBlock>;

export const IdentityReport = v.strictObject({
  network: v.string(),
  input: NetworkInput,
  /** Of the run's checkpoint; null where the weights are not a run's. */
  step: v.nullable(v.number()),
  images: v.strictObject({
    /** A data set's name, or null: normal numbers with mean 0 and standard deviation 1. */
    data: v.nullable(v.string()),
    count: v.number(),
  }),
  seed: v.number(),
  /** Batch norms have used the statistics of these images, as in training; no branch was dropped. */
  statistics: v.literal('batch'),
  probes: v.number(),
  /** `fail` where a block fails. */
  verdict: v.picklist(['pass', 'fail']),
  passed: v.number(),
  failed: v.number(),
  shapeChanges: v.number(),
  blocks: v.array(IdentityBlock),
});
export type IdentityReport = v.InferOutput<typeof IdentityReport>;

/** What is heard while a network is verified; the result comes last. */
export const IdentityProgress = v.variant('type', [
  v.strictObject({ type: v.literal('progress'), ...WorkProgress.entries }),
  v.strictObject({ type: v.literal('result'), result: IdentityReport }),
]);
export type IdentityProgress = v.InferOutput<typeof IdentityProgress>;
