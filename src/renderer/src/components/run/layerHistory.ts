import type { NormMap } from '../../../../contract/frames.ts';

/** One layer's norms over the columns of a map: its row, read from left to right. */
export function layerHistory(map: NormMap, layer: number): { steps: Float64Array; values: Float32Array } {
  const layers = map.layers.length;
  return {
    steps: map.steps,
    values: Float32Array.from(map.steps, (_, column) => map.values[column * layers + layer]!),
  };
}

/** Steps that a column of a map covers; each holds the largest norm of its steps. */
export function stepsPerColumn({ steps }: NormMap): number {
  return steps.length > 1 ? steps[1]! - steps[0]! : 1;
}
