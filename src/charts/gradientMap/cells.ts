import type { NormMap } from '../../contract/frames.ts';

/** What the map shows at one place. */
export interface MapCell {
  readonly column: number;
  /** Position in depth order, 0 is nearest the image. */
  readonly layer: number;
  readonly layerName: string;
  /** The steps that the column covers; the norm is the largest of them. */
  readonly step: number;
  readonly lastStep: number;
  readonly norm: number;
}

/** The cell at a step and a height in layers; null beyond the map. */
export function cellAt(map: NormMap, step: number, height: number): MapCell | null {
  const layer = Math.floor(height);
  const column = columnOf(map.steps, step);
  if (column < 0 || step > map.lastStep + 1 || layer < 0 || layer >= map.layers.length) return null;
  return {
    column,
    layer,
    layerName: map.layers[layer]!,
    step: map.steps[column]!,
    lastStep: endOf(map, column) - 1,
    norm: map.values[column * map.layers.length + layer]!,
  };
}

/** The first step after a column. */
export function endOf({ steps, lastStep }: Pick<NormMap, 'steps' | 'lastStep'>, column: number): number {
  return steps[column + 1] ?? lastStep + 1;
}

/** The last column that begins at or before a step; -1 before the first. */
export function columnOf(steps: ArrayLike<number>, step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Whether a map holds what its scale cannot show, for the legend. */
export function marksOf(values: Float32Array): { readonly hasZero: boolean; readonly hasNotFinite: boolean } {
  return { hasZero: values.includes(0), hasNotFinite: values.some((value) => !Number.isFinite(value)) };
}
