import type { NormMap } from '../contract/frames.ts';
import { formatMeasurement } from './format.ts';

/** A ratio of the first to the last layers' norms beyond these is called out. */
export const VANISHING_RATIO = 1e-3;
export const EXPLODING_RATIO = 1e3;

export interface GradientHealth {
  readonly verdict: 'unknown' | 'healthy' | 'vanishing' | 'exploding' | 'not-finite';
  /** What was measured, with its threshold; it names no cause. */
  readonly sentence: string;
  /** Position of the layer that the verdict is about, in depth order; null where it is about none. */
  readonly layer: number | null;
  /** First step of the column that the verdict is about; null where it is about none. */
  readonly step: number | null;
}

/**
 * Judges a map of gradient norms by what is in it: the first norm that is not finite; else, in the newest tenth of the
 * columns, the median norm of the first tenth of the layers (nearest the image) against the last tenth (nearest the
 * loss). The classifier's own layers count as layers like any other.
 */
export function gradientHealth(map: NormMap): GradientHealth {
  const layers = map.layers.length;
  const columns = map.steps.length;
  if (layers === 0 || columns === 0) {
    return { verdict: 'unknown', sentence: 'No step has been recorded yet', layer: null, step: null };
  }
  return firstNotFinite(map) ?? depthRatio(map);
}

/** Backward passes run from the loss to the image: of the layers hit in the first column, the last in depth was first. */
function firstNotFinite(map: NormMap): GradientHealth | null {
  const layers = map.layers.length;
  const index = map.values.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return null;
  const column = Math.floor(index / layers);
  const norms = map.values.subarray(column * layers, (column + 1) * layers);
  const layer = norms.findLastIndex((value) => !Number.isFinite(value));
  const count = norms.filter((value) => !Number.isFinite(value)).length;
  const where = columnText(map, column);
  return {
    verdict: 'not-finite',
    sentence: `Gradients that are not finite: first ${where}, in ${count} of ${layers} layers, nearest the loss in ${map.layers[layer]}`,
    layer,
    step: map.steps[column]!,
  };
}

function depthRatio(map: NormMap): GradientHealth {
  const layers = map.layers.length;
  const columns = map.steps.length;
  const group = Math.max(1, Math.floor(layers / 10));
  const from = columns - Math.max(1, Math.floor(columns / 10));
  const first = median(block(map, from, 0, group));
  const last = median(block(map, from, layers - group, layers));
  const where = `${columnText(map, from)} and later`;
  const measured =
    `median gradient norm ${formatMeasurement(first, 2)} in the first ${count(group)}, ` +
    `${formatMeasurement(last, 2)} in the last ${count(group)}, ${where}`;
  const extreme = (better: (value: number, than: number) => boolean) => {
    const newest = map.values.subarray((columns - 1) * layers);
    return newest.reduce((best, value, layer) => (better(value, newest[best]!) ? layer : best), 0);
  };
  const about = (verdict: 'vanishing' | 'exploding', layer: number, text: string): GradientHealth => ({
    verdict,
    sentence: `${text}: ${measured}. ${verdict === 'vanishing' ? 'Smallest' : 'Largest'} in ${map.layers[layer]}`,
    layer,
    step: map.steps[columns - 1]!,
  });
  if (last > 0 && first < VANISHING_RATIO * last) {
    const smallest = extreme((value, than) => value < than);
    return about('vanishing', smallest, 'Norms fall by more than 1,000 from the loss to the image');
  }
  if (first > EXPLODING_RATIO * last) {
    const largest = extreme((value, than) => value > than);
    return about('exploding', largest, 'Norms grow by more than 1,000 from the loss to the image');
  }
  return {
    verdict: 'healthy',
    sentence: `Within a factor of 1,000 between image and loss: ${measured}`,
    layer: null,
    step: null,
  };
}

function block(map: NormMap, fromColumn: number, fromLayer: number, toLayer: number): number[] {
  const layers = map.layers.length;
  const values: number[] = [];
  for (let column = fromColumn; column < map.steps.length; column += 1) {
    values.push(...map.values.subarray(column * layers + fromLayer, column * layers + toLayer));
  }
  return values;
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function columnText(map: NormMap, column: number): string {
  const from = map.steps[column]!;
  const to = (map.steps[column + 1] ?? map.lastStep + 1) - 1;
  return from >= to ? `at step ${from}` : `in steps ${from} to ${to}`;
}

function count(layers: number): string {
  return layers === 1 ? 'layer' : `${layers} layers`;
}
