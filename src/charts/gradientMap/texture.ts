import { COLOURS, NOT_FINITE_ENTRY, pixelTable, ZERO_ENTRY } from './colours.ts';
import type { ColourScale } from './normScale.ts';
import type { NormGrid } from './reduce.ts';

/** Cells that are coloured together, so that neither reading by columns nor writing by rows leaves the cache. */
const TILE = 64;

const table = pixelTable();

/** The grid as pixels, `columns` wide and `layers` high, the layer nearest the image at the top. */
export function packTexture({ columns, layers, values }: NormGrid, scale: ColourScale): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint32Array(columns * layers);
  const { isLog, range } = scale;
  const [low, high] = isLog ? [Math.log(range[0]), Math.log(range[1])] : range;
  const factor = COLOURS / (high - low);
  for (let firstColumn = 0; firstColumn < columns; firstColumn += TILE) {
    const lastColumn = Math.min(columns, firstColumn + TILE);
    for (let firstLayer = 0; firstLayer < layers; firstLayer += TILE) {
      const lastLayer = Math.min(layers, firstLayer + TILE);
      for (let column = firstColumn; column < lastColumn; column += 1) {
        for (let layer = firstLayer; layer < lastLayer; layer += 1) {
          const norm = values[column * layers + layer]!;
          pixels[layer * columns + column] =
            table[isLog ? logEntry(norm, low, factor) : linearEntry(norm, low, factor)]!;
        }
      }
    }
  }
  return new Uint8ClampedArray(pixels.buffer);
}

function logEntry(norm: number, low: number, factor: number): number {
  if (norm > 0 && norm < Infinity) return entryOf((Math.log(norm) - low) * factor);
  return norm === 0 ? ZERO_ENTRY : NOT_FINITE_ENTRY;
}

function linearEntry(value: number, low: number, factor: number): number {
  return Number.isFinite(value) ? entryOf((value - low) * factor) : NOT_FINITE_ENTRY;
}

function entryOf(place: number): number {
  const entry = Math.floor(place);
  return entry < 0 ? 0 : entry >= COLOURS ? COLOURS - 1 : entry;
}
