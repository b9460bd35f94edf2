import * as v from 'valibot';

/** A measured number: NaN and infinities are results too, and are kept. */
export const Measurement = v.union([v.number(), v.nan()]);
export type Measurement = v.InferOutput<typeof Measurement>;
