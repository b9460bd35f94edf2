import * as v from 'valibot';
import { Architecture } from './architecture.ts';
import { NetworkChoices, NetworkVersion } from './network.ts';
import { TrainingRecipe } from './recipe.ts';

/**
 * A line in a study's charts and a column of its table: V1, V2, and those that were added to them, in the order in which
 * they were added. Each has a colour and a mark of its own, which is why there are no more.
 */
export const SeriesId = v.picklist(['v1', 'v2', 'third', 'fourth', 'fifth', 'sixth']);
export type SeriesId = v.InferOutput<typeof SeriesId>;

/** The ids that a study's further series take, in their order. */
export const FURTHER_SERIES = ['third', 'fourth', 'fifth', 'sixth'] as const satisfies readonly SeriesId[];

const label = v.pipe(
  v.string('A series has a label'),
  v.trim(),
  v.minLength(1, 'A series has a label'),
  v.maxLength(40, 'A label has at most 40 characters'),
);

const network = {
  version: NetworkVersion,
  ...NetworkChoices.entries,
  /** A network that is no named one: the series then has its depth only. */
  architecture: v.optional(Architecture),
};

/** Other networks or another recipe than V1's and V2's, at the study's depths and with its seeds. */
export const FurtherSeries = v.strictObject({ label, ...network, recipe: TrainingRecipe });
export type FurtherSeries = v.InferOutput<typeof FurtherSeries>;

/** A series as it is asked for: `recipe` is what differs from the study's. */
export const SeriesAddition = v.strictObject({ label, ...network, recipe: v.optional(v.partial(TrainingRecipe), {}) });
export type SeriesAddition = v.InferOutput<typeof SeriesAddition>;

/** How tables and charts name a series. */
export const SeriesHead = v.strictObject({ id: SeriesId, label: v.string() });
export type SeriesHead = v.InferOutput<typeof SeriesHead>;
