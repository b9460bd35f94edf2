import type { Range } from '../ticks.ts';
import { COLOURS, NOT_FINITE_ENTRY, pixelTable, ZERO_ENTRY } from './colours.ts';
import type { NormGrid } from './reduce.ts';

/** Cells that are coloured together, so that neither reading by columns nor writing by rows leaves the cache. */
const TILE = 64;

const table = pixelTable();

/** The grid as pixels, `columns` wide and `layers` high, the layer nearest the image at the top. */
export function packTexture({ columns, layers, values }: NormGrid, range: Range): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint32Array(columns * layers);
  const factor = COLOURS / Math.log(range[1] / range[0]);
  const offset = Math.log(range[0]);
  for (let firstColumn = 0; firstColumn < columns; firstColumn += TILE) {
    const lastColumn = Math.min(columns, firstColumn + TILE);
    for (let firstLayer = 0; firstLayer < layers; firstLayer += TILE) {
      const lastLayer = Math.min(layers, firstLayer + TILE);
      for (let column = firstColumn; column < lastColumn; column += 1) {
        for (let layer = firstLayer; layer < lastLayer; layer += 1) {
          const norm = values[column * layers + layer]!;
          pixels[layer * columns + column] = table[entryOf(norm, offset, factor)]!;
        }
      }
    }
  }
  return new Uint8ClampedArray(pixels.buffer);
}

function entryOf(norm: number, offset: number, factor: number): number {
  if (norm > 0 && norm < Infinity) {
    const entry = Math.floor((Math.log(norm) - offset) * factor);
    return entry < 0 ? 0 : entry >= COLOURS ? COLOURS - 1 : entry;
  }
  return norm === 0 ? ZERO_ENTRY : NOT_FINITE_ENTRY;
}
