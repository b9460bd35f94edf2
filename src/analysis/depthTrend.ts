import type { LayerQuantity } from '../contract/flow.ts';
import { formatMeasurement } from './format.ts';
import { formatQuantity, QUANTITY_FACTS } from './layerQuantities.ts';
import { mean } from './seeds.ts';

/** A straight line through n points by ordinary least squares. */
export interface Line {
  readonly slope: number;
  /** Of the slope: sqrt(residual sum of squares / (n - 2) / sum of squares of x); null from two points, which fit exactly. */
  readonly standardError: number | null;
  readonly n: number;
}

/** How a quantity changes with depth at one step. */
export interface DepthTrend {
  /** Layers of residual units that are compared: the convolutions' weights, the units' own ReLUs or batch norms. */
  readonly layers: number;
  /** The first and the last residual unit, `stage1.unit1`, with the mean over its layers: geometric on a log scale. */
  readonly first: { readonly unit: string; readonly value: number };
  readonly last: { readonly unit: string; readonly value: number };
  /** First over last; null where it is no number, or the last is 0. */
  readonly ratio: number | null;
  /** Of log10 of the quantity over the layers, by one layer; null for shares and from fewer than two values above 0. */
  readonly line: Line | null;
}

/** Layers of one kind that every unit has, so that only depth differs: no scales and shifts, no projection, no gate. */
const COMPARED = /^(stage\d+\.unit\d+)\.(?:conv\d+\.weight|relu\d+|bn\d+)$/;

/**
 * The first and last unit of a quantity's profile and the slope over depth. `values` belong to `names`, in depth order. Null
 * where the network has no residual units. Values that have no logarithm (0, NaN, infinity) are left out of the line; its n says so.
 */
export function depthTrend(
  quantity: LayerQuantity,
  names: readonly string[],
  values: ArrayLike<number>,
): DepthTrend | null {
  const compared = names.flatMap((name, index) => {
    const unit = COMPARED.exec(name)?.[1];
    return unit === undefined ? [] : [{ unit, value: values[index]! }];
  });
  if (compared.length === 0) return null;
  const isLog = QUANTITY_FACTS[quantity].scale === 'log';
  const ofUnit = (unit: string) => {
    const own = compared.filter((layer) => layer.unit === unit).map(({ value }) => value);
    return { unit, value: isLog ? 10 ** mean(own.map(Math.log10)) : mean(own) };
  };
  const first = ofUnit(compared[0]!.unit);
  const last = ofUnit(compared.at(-1)!.unit);
  const ratio = first.value / last.value;
  const points = compared
    .map(({ value }, index) => ({ x: index, y: Math.log10(value) }))
    .filter(({ y }) => Number.isFinite(y));
  return {
    layers: compared.length,
    first,
    last,
    ratio: Number.isFinite(ratio) ? ratio : null,
    line: isLog ? leastSquares(points) : null,
  };
}

/** What the trend is, in a sentence without its full stop; it judges nothing. */
export function describeTrend(quantity: LayerQuantity, { layers, first, last, ratio, line }: DepthTrend): string {
  const ends =
    `first block ${formatQuantity(quantity, first.value, 3)}, last block ${formatQuantity(quantity, last.value, 3)}` +
    (ratio === null ? '' : `, ratio ${formatMeasurement(ratio, 3)}`);
  if (line === null) return `${capital(ends)}; ${layers} layers`;
  const error = line.standardError === null ? '' : ` ± ${formatMeasurement(line.standardError, 2)} (standard error)`;
  const n = line.n === layers ? `${layers} layers` : `${line.n} of ${layers} layers, those with a value above 0`;
  return `${capital(ends)}; slope of log10 over depth ${formatMeasurement(line.slope, 3)}${error} a layer, ${n}`;
}

/** Null from fewer than two points. */
export function leastSquares(points: readonly { readonly x: number; readonly y: number }[]): Line | null {
  const n = points.length;
  if (n < 2) return null;
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  const squares = sum(points.map(({ x }) => (x - meanX) ** 2));
  const slope = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / squares;
  const residuals = sum(points.map(({ x, y }) => (y - meanY - slope * (x - meanX)) ** 2));
  return { slope, standardError: n === 2 ? null : Math.sqrt(residuals / (n - 2) / squares), n };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
