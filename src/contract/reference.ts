import * as v from 'valibot';
import { NetworkVersion } from './network.ts';

/** One published point: a network's test error in a paper's table, with the cautions that belong to it. */
export const ReferencePoint = v.strictObject({
  version: NetworkVersion,
  depth: v.number(),
  /** Test error in percent; lower is better. */
  errorPercent: v.number(),
  /** Plus-minus as published, percent points; null where the source gives none. */
  spread: v.nullable(v.number()),
});
export type ReferencePoint = v.InferOutput<typeof ReferencePoint>;

export const ReferenceSeries = v.strictObject({
  id: v.string(),
  data: v.string(),
  title: v.string(),
  /** Paper and table, e.g. `He et al. 2016, arXiv:1603.05027, table 4`. */
  source: v.string(),
  caution: v.string(),
  points: v.array(ReferencePoint),
});
export type ReferenceSeries = v.InferOutput<typeof ReferenceSeries>;
