import * as v from 'valibot';

/** Residual unit: two 3x3 convolutions (`basic`), or 1x1, 3x3, 1x1 with expansion 4 (`bottleneck`). */
export const BlockKind = v.picklist(['basic', 'bottleneck']);
export type BlockKind = v.InferOutput<typeof BlockKind>;

/** Where a unit normalises and activates: `original` as He et al. 2015 (V1), `full-preactivation` as 2016 (V2). */
export const ActivationOrder = v.picklist(['original', 'full-preactivation']);
export type ActivationOrder = v.InferOutput<typeof ActivationOrder>;
