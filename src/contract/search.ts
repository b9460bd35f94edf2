import * as v from 'valibot';
import { wholeNumber } from './numbers.ts';

/** How the next architecture is chosen; `nets/search/strategies.ts` says what each does. */
export const SearchStrategy = v.picklist(['random', 'evolution', 'halving']);
export type SearchStrategy = v.InferOutput<typeof SearchStrategy>;

export const SearchOptions = v.strictObject({
  strategy: v.optional(SearchStrategy, 'evolution'),
  /** Architectures that are tried; with `halving` those of the first round. */
  trials: v.optional(wholeNumber('The number of trials', 1, 10_000), 20),
  /** `evolution`: how many of the youngest trials may have a child. */
  population: v.optional(wholeNumber('The population', 1, 1000), 8),
  /** `evolution`: how many of the population compete to have a child. */
  sample: v.optional(wholeNumber('The sample', 1, 1000), 3),
  /** `halving`: one of so many goes on to the next round. */
  reduction: v.optional(wholeNumber('The reduction', 2, 10), 3),
  /** Larger architectures are not tried. Null: no limit. */
  maxParameters: v.optional(v.nullable(wholeNumber('The largest number of parameters', 1, 1_000_000_000)), null),
});
export type SearchOptions = v.InferOutput<typeof SearchOptions>;

/** A search as it is kept with its study. */
export const SearchRecord = v.strictObject({
  ...SearchOptions.entries,
  /** Whether nothing more will be tried: all was, the study was stopped, or the application ended. */
  isOver: v.boolean(),
});
export type SearchRecord = v.InferOutput<typeof SearchRecord>;
