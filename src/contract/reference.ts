import * as v from 'valibot';
import { ActivationOrder, ShortcutKind, SqueezeReduction } from './block.ts';
import { NetworkFamily, NetworkVersion } from './network.ts';
import { OptimiserKind, ScheduleKind } from './recipe.ts';

/** One published point: a network's test error in a source's table. */
export const ReferencePoint = v.strictObject({
  version: NetworkVersion,
  depth: v.number(),
  /** Test error in percent; lower is better. Null where the source says that training fails. */
  errorPercent: v.nullable(v.number()),
  /** Plus-minus as published, percent points; null where the source gives none. */
  spread: v.nullable(v.number()),
  /** How many runs stand behind it; null where the source does not say. */
  runs: v.nullable(v.number()),
});
export type ReferencePoint = v.InferOutput<typeof ReferencePoint>;

/** What a source says of its training; a field that is left out is not stated there. */
export const ReferenceRecipe = v.partial(
  v.strictObject({
    epochs: v.number(),
    batchSize: v.number(),
    optimiser: OptimiserKind,
    nesterov: v.boolean(),
    learningRate: v.number(),
    weightDecay: v.number(),
    schedule: ScheduleKind,
    augment: v.boolean(),
    validationShare: v.number(),
    stochasticDepth: v.nullable(v.number()),
  }),
);
export type ReferenceRecipe = v.InferOutput<typeof ReferenceRecipe>;

export const ReferenceSeries = v.strictObject({
  id: v.string(),
  data: v.string(),
  title: v.string(),
  /** Paper and table, e.g. `He et al. 2016, arXiv:1603.05027, table 4`. */
  source: v.string(),
  caution: v.string(),
  kind: v.picklist(['paper', 'repository', 'cheatSheet']),
  /** What its networks are beside version and depth; what is left out is as in the papers, or not stated. */
  network: v.strictObject({
    family: v.optional(NetworkFamily),
    se: v.optional(SqueezeReduction),
    shortcut: v.optional(ShortcutKind),
    activation: v.optional(ActivationOrder),
  }),
  /** What a figure over several runs is; null where the source does not say. */
  statistic: v.nullable(v.picklist(['single', 'mean', 'median'])),
  /** Which epoch's result it is; null where the source does not say. */
  result: v.nullable(v.picklist(['last', 'bestOnTest', 'bestOnValidation'])),
  /** Null where the source states none. */
  recipe: v.nullable(ReferenceRecipe),
  /** What keeps every point from being compared with a run of this application; null where nothing does. */
  incomparable: v.nullable(v.string()),
  /** A network that was tried beside the source's own: listed, but not drawn behind a study. */
  isAblation: v.boolean(),
  points: v.array(ReferencePoint),
});
export type ReferenceSeries = v.InferOutput<typeof ReferenceSeries>;

/**
 * One published point against the runs of the same network. `reproduced`: it lies where the mean of as many further runs of
 * ours would lie with 95 %, or, where its spread is published, that spread meets the 95 % interval of our mean.
 */
export const PointComparison = v.strictObject({
  ...ReferencePoint.entries,
  outcome: v.picklist(['reproduced', 'notReproduced', 'notComparable']),
  /** Error of the study's runs in percent; null where none has finished. */
  ours: v.nullable(v.strictObject({ mean: v.number(), n: v.number() })),
  /** Where the published figure had to lie, in percent; null where that cannot be said. */
  range: v.nullable(v.strictObject({ low: v.number(), high: v.number() })),
  sentence: v.string(),
});
export type PointComparison = v.InferOutput<typeof PointComparison>;

/** A published series against a study, at the depths that both have. */
export const SeriesComparison = v.strictObject({
  id: v.string(),
  data: v.string(),
  title: v.string(),
  source: v.string(),
  caution: v.string(),
  kind: ReferenceSeries.entries.kind,
  /** Why none of its points compares; null where some may. */
  reason: v.nullable(v.string()),
  points: v.array(PointComparison),
});
export type SeriesComparison = v.InferOutput<typeof SeriesComparison>;
