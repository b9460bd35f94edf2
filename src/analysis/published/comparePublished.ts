import type { PointComparison, ReferencePoint, ReferenceSeries, SeriesComparison } from '../../contract/reference.ts';
import type { RunRow } from '../../contract/run.ts';
import { decimalsFor, fixed, formatWithSpread } from '../format.ts';
import { METRICS } from '../metrics.ts';
import { predictionInterval } from '../scaling/prediction.ts';
import { summarise } from '../seeds.ts';
import { dataTitle } from './publishedData.ts';
import { recipeDifferences } from './recipeDifferences.ts';
import { isSameNetwork } from './sameNetwork.ts';

interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * Every published series against a study's runs. `data` is the study's data set as the references call it. A point is
 * compared only where data set, network and recipe are as published; else the reason is given, and our own figure beside.
 */
export function comparePublished(
  references: readonly ReferenceSeries[],
  data: string,
  runs: readonly RunRow[],
): SeriesComparison[] {
  return references.map((series) => {
    const { id, title, source, caution, kind } = series;
    const head = { id, data: series.data, title, source, caution, kind };
    if (series.data !== data)
      return { ...head, points: [], reason: `Another data set: ${dataTitle(series.data)}, here ${dataTitle(data)}` };
    const depths = new Set(runs.map(({ network }) => network.depth));
    const points = series.points
      .filter(({ depth }) => depths.has(depth))
      .flatMap((point) => comparePoint(series, point, runs) ?? []);
    const reason = points.length === 0 ? 'No run of these networks in the study' : series.incomparable;
    return { ...head, points, reason: reason === null ? null : capitalised(reason) };
  });
}

/** Null where the study has no such network. */
function comparePoint(series: ReferenceSeries, point: ReferencePoint, all: readonly RunRow[]): PointComparison | null {
  const runs = sameTraining(
    series,
    all.filter((run) => isSameNetwork(run, series.network, point)),
  );
  const first = runs[0];
  if (first === undefined) return null;
  const errors = errorsOf(series, runs);
  const { n, mean } = summarise(errors);
  const ours = mean === null ? null : { mean, n };
  const obstacles = obstaclesTo(series, first, errors);
  const beside = ours === null ? '' : `; ours ${percent(ours.mean)} (n = ${n})`;
  const common = { ...point, ours, range: null };
  if (point.errorPercent === null) return { ...common, outcome: 'notComparable', sentence: failing(runs) };
  if (obstacles.length > 0) {
    const sentence = `Not comparable: ${obstacles.join(', ')}${beside}`;
    return { ...common, outcome: 'notComparable', sentence };
  }
  const range = expectedRange(point, errors);
  const distance = distanceTo(point.errorPercent, point.spread ?? 0, range);
  return {
    ...common,
    range,
    outcome: distance === 0 ? 'reproduced' : 'notReproduced',
    sentence: `${outcomeSentence(point, range, distance)}${beside}`,
  };
}

/** Of runs with and without stochastic depth those that are as published; all where none is. */
function sameTraining({ recipe }: ReferenceSeries, runs: readonly RunRow[]): readonly RunRow[] {
  const same = runs.filter((run) => run.recipe.stochasticDepth === (recipe?.stochasticDepth ?? null));
  return same.length > 0 ? same : runs;
}

/** Percent, of the finished runs, as the source takes them: of the best epoch on the test images, or of the last one. */
function errorsOf({ result }: ReferenceSeries, runs: readonly RunRow[]): number[] {
  const { read } = METRICS[result === 'bestOnTest' ? 'bestTestError' : 'testError'];
  return runs.flatMap((run) => {
    const error = run.state === 'finished' ? read(run) : null;
    return error === null || !Number.isFinite(error) ? [] : [100 * error];
  });
}

function obstaclesTo(series: ReferenceSeries, run: RunRow, errors: readonly number[]): string[] {
  const { incomparable, recipe, result } = series;
  return [
    ...(incomparable === null ? [] : [incomparable]),
    ...(recipe === null && incomparable === null ? ['the source states no recipe'] : []),
    ...(recipe === null ? [] : recipeDifferences(run, recipe)),
    ...(result === 'bestOnValidation'
      ? ['published at the epoch of lowest validation error, ours at the last one']
      : []),
    ...(errors.length === 0 ? ['no run has such a result'] : []),
    ...(errors.length === 1 ? ['one run only, which has no interval'] : []),
    ...(errors.length > 1 && summarise(errors).interval === null ? ['our runs are equal, without an interval'] : []),
  ];
}

function expectedRange({ spread, runs }: ReferencePoint, errors: readonly number[]): Range {
  return spread === null ? predictionInterval(errors, runs ?? 1) : summarise(errors).interval!;
}

/** How far a figure with its spread is from a range, signed; 0 where they meet. */
function distanceTo(value: number, spread: number, { low, high }: Range): number {
  if (value - spread > high) return value - spread - high;
  if (value + spread < low) return value + spread - low;
  return 0;
}

function outcomeSentence({ errorPercent, spread, runs }: ReferencePoint, range: Range, distance: number): string {
  const published = formatWithSpread(errorPercent!, spread);
  const bounds = `${fixedLike(range.low, range)} to ${fixedLike(range.high, range)} %`;
  const further = (runs ?? 1) === 1 ? 'another run' : `the mean of ${runs} further runs`;
  const what = spread === null ? `where ${further} of ours would lie with 95 %` : 'the 95 % interval of our mean';
  if (distance === 0) return `Reproduced: ${published} meets ${bounds}, ${what}`;
  const side = distance > 0 ? 'above' : 'below';
  return `Not reproduced: ${published} is ${fixed(Math.abs(distance), 2)} points ${side} ${bounds}, ${what}`;
}

function failing(runs: readonly RunRow[]): string {
  const finished = runs.filter(({ state }) => state === 'finished').length;
  return `Not comparable: the source has no figure, only that training fails; here ${finished} of ${runs.length} runs finished`;
}

function percent(value: number): string {
  return `${fixed(value, 2)} %`;
}

function fixedLike(value: number, { low, high }: Range): string {
  return fixed(value, Math.max(1, decimalsFor((high - low) / 2)));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
