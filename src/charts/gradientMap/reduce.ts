/** Norms of [columns, layers], column by column, as `NormMap` has them. */
export interface NormGrid {
  readonly columns: number;
  readonly layers: number;
  readonly values: Float32Array;
}

/**
 * Fewer cells for a screen with fewer pixels: each stands for `byColumns` x `byLayers` of the given ones and holds their
 * largest norm (what is not finite wins, as in the map itself), so that no spike and no NaN falls between two pixels.
 */
export function reduceGrid(grid: NormGrid, byColumns: number, byLayers: number): NormGrid {
  if (byColumns === 1 && byLayers === 1) return grid;
  const columns = Math.ceil(grid.columns / byColumns);
  const layers = Math.ceil(grid.layers / byLayers);
  const values = new Float32Array(columns * layers);
  for (let column = 0; column < grid.columns; column += 1) {
    const into = Math.floor(column / byColumns) * layers;
    const from = column * grid.layers;
    for (let layer = 0; layer < grid.layers; layer += 1) {
      const cell = into + Math.floor(layer / byLayers);
      const value = grid.values[from + layer]!;
      // `!(value <= held)` also takes a NaN; a held NaN stays, because nothing compares with it.
      const held = values[cell]!;
      if (held === held && !(value <= held)) values[cell] = value;
    }
  }
  return { columns, layers, values };
}

/** By how much to reduce `cells` so that each has a pixel: a power of two, so that few reductions serve every zoom. */
export function reduction(cells: number, pixels: number): number {
  return pixels < 1 ? 1 : 2 ** Math.max(0, Math.ceil(Math.log2(cells / pixels)));
}
