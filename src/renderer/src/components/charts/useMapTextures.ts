import { watch } from 'vue';
import type { NormMap } from '../../../../contract/frames.ts';
import type { ColourScale } from '../../../../charts/gradientMap/normScale.ts';
import type { Texture } from './paintCells.ts';
import { reduceGrid } from '../../../../charts/gradientMap/reduce.ts';
import { packTexture } from '../../../../charts/gradientMap/texture.ts';

/** Images of a map, one a reduction, made when they are first drawn: panning and zooming colour no cell again. */
export function useMapTextures(map: () => NormMap, scale: () => ColourScale): Texture {
  const made = new Map<string, OffscreenCanvas>();
  watch([map, () => JSON.stringify(scale())], () => made.clear());
  return (byColumns, byLayers) => {
    const key = `${byColumns} ${byLayers}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const { layers, steps, values } = map();
    const grid = reduceGrid({ columns: steps.length, layers: layers.length, values }, byColumns, byLayers);
    const canvas = new OffscreenCanvas(grid.columns, grid.layers);
    canvas.getContext('2d')!.putImageData(new ImageData(packTexture(grid, scale()), grid.columns, grid.layers), 0, 0);
    made.set(key, canvas);
    return canvas;
  };
}
