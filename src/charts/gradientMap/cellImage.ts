import { columnOf, endOf } from './cells.ts';
import type { Box } from './pen.ts';
import type { MapPlot, MapScene } from './scene.ts';
import { packTexture } from './texture.ts';

/** Wider images are no sharper on paper. */
const MOST_COLUMNS = 4096;

export interface CellImage {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row from the top. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** Where the image stands, cut to the part that is shown. */
  readonly box: Box;
}

/**
 * The cells that are shown as one image, a row a layer. A pixel is a column of the map or, where columns differ in their
 * number of steps, as many steps as fit; null where nothing is shown.
 */
export function cellImage({ map, view, scale }: MapScene, plot: MapPlot): CellImage | null {
  const { steps, layers, values } = map;
  const [first, last] = [Math.max(0, columnOf(steps, view.x.min)), columnOf(steps, view.x.max)];
  const firstLayer = Math.max(0, Math.floor(view.y.max));
  const height = Math.min(layers.length, Math.ceil(view.y.min)) - firstLayer;
  if (last < first || height < 1) return null;
  const [from, to] = [steps[first]!, endOf(map, last)];
  const isEven = steps
    .slice(first, last + 1)
    .every((step, index) => step - from === (index * (to - from)) / (last + 1 - first));
  const width = isEven ? last + 1 - first : Math.min(to - from, MOST_COLUMNS);
  const shown = new Float32Array(width * height);
  for (let column = 0; column < width; column += 1) {
    const at = columnOf(steps, from + ((column + 0.5) * (to - from)) / width) * layers.length + firstLayer;
    shown.set(values.subarray(at, at + height), column * height);
  }
  const left = plot.x.toPixel(from);
  const top = plot.y.toPixel(firstLayer);
  return {
    width,
    height,
    pixels: packTexture({ columns: width, layers: height, values: shown }, scale),
    box: { left, top, width: plot.x.toPixel(to) - left, height: plot.y.toPixel(firstLayer + height) - top },
  };
}
