import type { RunRow } from '../contract/run.ts';
import { FURTHER_SERIES, SeriesId, type FurtherSeries, type SeriesHead } from '../contract/series.ts';

/** What tells the networks of one version apart, as `nets/plans.ts` leaves it in a decided network. */
const CHOICES = ['se', 'shortcut', 'activation', 'activationBeforeSplit'] as const;
/** Left open, the depth decides these. */
const OPEN_CHOICES = ['block', 'family'] as const;

/** The series of a study's run: a further one whose networks and recipe it has, else that of its version. */
export function seriesOf(run: Pick<RunRow, 'network' | 'recipe'>, further: readonly FurtherSeries[]): SeriesId {
  const index = further.findIndex((series) => belongsTo(run, series));
  return index < 0 ? run.network.version : FURTHER_SERIES[index]!;
}

function belongsTo({ network, recipe }: Pick<RunRow, 'network' | 'recipe'>, series: FurtherSeries): boolean {
  return (
    network.version === series.version &&
    CHOICES.every((choice) => network[choice] === series[choice]) &&
    OPEN_CHOICES.every((choice) => series[choice] === undefined || network[choice] === series[choice]) &&
    isSame(network.architecture, series.architecture) &&
    isSame({ ...recipe, seed: series.recipe.seed }, series.recipe)
  );
}

/** By their content, whatever the order of the fields. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const [left, right] = [Object.entries(one), Object.entries(other)];
  const values = new Map(right);
  return (
    left.length === right.length && left.every(([key, value]) => values.has(key) && isSame(value, values.get(key)))
  );
}

/** The label of a series. */
export function seriesLabel(id: SeriesId, further: readonly FurtherSeries[]): string {
  if (id === 'v1' || id === 'v2') return id.toUpperCase();
  return further[FURTHER_SERIES.indexOf(id)]?.label ?? id;
}

/** The label of a series that a table has. */
export function labelOf(heads: readonly SeriesHead[], id: SeriesId): string {
  return heads.find((head) => head.id === id)?.label ?? id;
}

/** Those of the series that are there, in their order. */
export function seriesHeads(present: ReadonlySet<SeriesId>, further: readonly FurtherSeries[]): SeriesHead[] {
  return SeriesId.options.filter((id) => present.has(id)).map((id) => ({ id, label: seriesLabel(id, further) }));
}
